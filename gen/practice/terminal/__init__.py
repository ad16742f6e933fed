"""Practising on a terminal: one question at a time, each answer judged as soon as it is given."""
