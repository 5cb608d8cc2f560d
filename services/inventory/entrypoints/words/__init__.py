"""What people read: names of things, answers to scans, reasons of refusals."""
