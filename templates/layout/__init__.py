"""Layout: the document tree as pages of boxes, in pure functions that know no output format."""
