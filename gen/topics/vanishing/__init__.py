"""Vanishing gradients: factors along a chain of layers, and units that are saturated."""
