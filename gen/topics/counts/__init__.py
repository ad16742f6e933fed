"""Counting the parameters of fully connected networks: formulas, and what is counted by mistake."""
