"""Word's own format: styles, numbering, runs, tables."""
