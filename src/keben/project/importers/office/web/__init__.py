"""HTML, of a page or of an e-book's files → blocks."""
