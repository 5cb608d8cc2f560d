"""What all papers share: head, dates, numbers, the answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Response

from shared.documents.rendering import render
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import _

PROGRAMME = "Komek"
NOTHING = "–"


def frame(title: str, number: str, dated: datetime | date) -> dict[str, Any]:
    """Give what stands on every page; an instant is told with its time."""
    shown = moment(dated) if isinstance(dated, datetime) else day(dated)
    return {"programme": PROGRAMME, "title": title, "number": number, "dated": shown}


def detail(label: str, value: str, *, is_code: bool = False) -> Mapping[str, Any]:
    """Give one fact of a paper's head."""
    return {"label": label, "value": value or NOTHING, "code": is_code}


def lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[str, Any]:
    """Give a table; as many heads as a row has cells."""
    return {"heads": heads, "rows": rows, "empty": _("No lines.")}


def signature(title: str) -> Mapping[str, Any]:
    """Give a box to sign in: staff by role and number, never people helped."""
    return {"title": title, "lines": [_("Role and staff number"), _("Date, signature")]}


def day(value: date | None) -> str:
    """Write a date as the reader's language does; nothing for none."""
    return formats.day(value, current_language()) if value else ""


def moment(value: datetime | None) -> str:
    """Write an instant as day and time in Almaty; nothing for none."""
    return formats.moment(value, current_language()) if value else ""


def signed(instant: datetime | None, initials: str) -> str:
    """Write when something was done and by whom; nothing while it was not."""
    return " · ".join(filter(None, [moment(instant), initials])) if instant else ""


def number(value: int | None) -> str:
    """Write a whole number; nothing for none, so that a box stays blank."""
    return "" if value is None else formats.number(value, current_language())


def paper(template: Path, name: str, facts: Mapping[str, Any]) -> Response:
    """Answer a PDF that a browser shows, and keeps under *name* when it is saved."""
    made = render(template, facts, current_language())
    return pdf(made, name)


def pdf(made: bytes, name: str) -> Response:
    """Answer bytes of a PDF; papers change with the books, so none is kept."""
    return Response(
        made,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{plain_name(name)}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def plain_name(name: str) -> str:
    """Give a file's name in letters that every system can write."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
