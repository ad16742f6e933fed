"""Chains of vector-valued maps and the products of their Jacobians."""
