"""Each file format read into the same blocks: paragraphs and tables."""
