"""What the printer gets: each paper's words and numbers, ready for its template."""
