"""Words and pages: templates, notations, mathematics, figures, and a writer for each format."""
