"""Count sheets, their books and what they report."""
