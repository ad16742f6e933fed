"""Activations at given points: graphs, letters and drawn numbers."""
