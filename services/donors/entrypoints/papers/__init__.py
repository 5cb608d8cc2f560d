"""Files and papers a donor takes along: receipts, statements, reports."""
