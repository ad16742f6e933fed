"""Items in words: what a template is told of an item, and the item as blocks of a document."""
