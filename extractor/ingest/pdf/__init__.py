"""PDF with text: lines, paragraphs, columns, tables by ruling lines and by alignment."""
