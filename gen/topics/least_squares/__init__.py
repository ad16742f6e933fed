"""Least squares by the normal equation: graphs with their mistakes, draws, letters, an oracle."""
