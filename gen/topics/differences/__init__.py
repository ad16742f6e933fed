"""Difference quotients: centred and forward, beside the exact derivative."""
