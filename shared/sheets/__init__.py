"""Tables that people open in a spreadsheet: read with distrust, written safely."""
