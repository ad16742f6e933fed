"""Softmax and cross-entropy: distributions, graphs, and the slips that are other problems."""
