"""The commands beside the making of a quiz, one a module: `parse` its arguments, then `run` it."""
