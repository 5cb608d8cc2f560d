"""What people read: names of things, reasons, consequences, refusals."""
