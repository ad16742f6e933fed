"""Figures as boxes: `network.network` draws a net, `graph.graph` a computational graph.

A new kind of figure is one file: plain data in, a `Figure` with its description out, and the
strokes from `drawing`.
"""
