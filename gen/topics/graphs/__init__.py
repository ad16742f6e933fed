"""Computation graphs: growing expressions with shared sub-expressions."""
