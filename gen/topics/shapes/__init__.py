"""Shapes: expressions to judge, the nets that they are about, and an oracle."""
