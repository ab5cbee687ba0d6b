"""Tables: what their trees get for a page (`trees`), and how wide their columns are (`widths`)."""
