"""A quiz: its settings, its slots, its versions, and the files they become."""
