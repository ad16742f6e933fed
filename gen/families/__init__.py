"""One file for each family of problems; they are found by listing this folder."""
