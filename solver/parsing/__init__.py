"""Text from outside: expressions, statements, values and shapes, read by a grammar of our own.

No text is ever run. Whatever cannot be read is answered with one sentence (`InputError`).
"""
