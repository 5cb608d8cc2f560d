"""The text in whatever a route answers, so that a test can look for words in it."""

from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader


def readable(content):
    """Give the words of a PDF, a spreadsheet or any text."""
    if content.startswith(b"%PDF"):
        return "\n".join(
            page.extract_text() for page in PdfReader(BytesIO(content)).pages
        )
    if content.startswith(b"PK"):
        cells = (
            str(value)
            for sheet in load_workbook(BytesIO(content)).worksheets
            for row in sheet.iter_rows(values_only=True)
            for value in row
            if value is not None
        )
        return "\n".join(cells)
    return content.decode(errors="replace")
