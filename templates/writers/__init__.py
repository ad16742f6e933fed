"""Writers: one file for each output format, a function from a document to bytes or text."""
