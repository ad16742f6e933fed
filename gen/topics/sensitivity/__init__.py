"""How much an output changes with an input: what the derivative predicts, and what is true."""
