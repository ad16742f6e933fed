"""Gradient descent on a curve with two valleys: graphs, draws, letters, plots."""
