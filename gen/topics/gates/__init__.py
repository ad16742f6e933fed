"""Threshold units on inputs that are 0 or 1: logical functions, graphs, letters, plots."""
