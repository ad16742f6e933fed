"""Statements to be judged: the bank of `templates/concepts`, its numbers, its oracle, its draws."""
