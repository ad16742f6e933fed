"""Practice: many variants of each skill for students who test themselves."""
