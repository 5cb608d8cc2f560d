"""Counted against the books: sheets, second counts, corrections."""
