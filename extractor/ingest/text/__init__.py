"""Plain text: what converters leave of tables, lists and paragraphs."""
