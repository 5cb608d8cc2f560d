"""What is needed next as one picture for other web sites: as SVG and as PNG.

The SVG stands on its own: no stylesheet, no script, no font of another host. Bars
are drawn with their words, so it reads without colour.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from services.donors.domain.level import AIM_DAYS, Band
from services.donors.entrypoints.words.terms import BANDS
from shared.documents.rendering import pictures
from shared.kernel.clock import Clock
from shared.web.formats import day, number
from shared.web.words import gettext as _
from shared.web.words import ngettext

ROWS_MAX = 6
WIDTH, HEIGHT = 1200, 630
"""The size social pages cut previews to."""

TEMPLATE = Path(__file__).parents[2] / "templates" / "documents" / "needs_picture.typ"
INK, QUIET, LAKE, GROUND, LINE = "#14222b", "#4c5c66", "#0b4f71", "#ffffff", "#d5dfe5"
ROW_TOP, ROW_HIGH = 150, 68
PIXELS_PER_INCH = 72.0
PNG_LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Row:
    """One product: its words, and the share of thirty days that is covered."""

    title: str
    note: str
    share: float


def rows_of(items: Sequence[Mapping[str, Any]], language: str) -> Sequence[Row]:
    """Choose what runs out first and say it."""
    return [_row(item, language) for item in items[:ROWS_MAX]]


def _row(item: Mapping[str, Any], language: str) -> Row:
    days = item["days_of_cover"]
    notes = [_lasting(days, item["band"])]
    if item["about"]:
        about = number(item["about"], language)
        notes.append(
            _("needed, about: %(count)s %(unit)s", count=about, unit=item["unit"])
        )
    share = 0.0 if days is None else min(days, AIM_DAYS) / AIM_DAYS
    return Row(item["title"], " · ".join(notes), share)


def _lasting(days: int | None, band: str) -> str:
    """Say how long the stock lasts; of sensitive goods in bands only."""
    if band == Band.OUT:
        return str(BANDS[Band.OUT])
    told = ngettext("%(num)s day", "%(num)s days", days) if days else BANDS[Band(band)]
    return _("lasts: %(days)s", days=told)


def svg_of(rows: Sequence[Row], as_of: Any, language: str) -> str:
    """Draw the picture as an SVG of its own."""
    heading = _("What is needed now")
    said = "; ".join(f"{row.title}: {row.note}" for row in rows)
    body = "".join(_svg_row(row, i) for i, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" lang="{language}" role="img"'
        f' aria-labelledby="t" font-family="system-ui, sans-serif">'
        f'<title id="t">{escape(heading)}. {escape(said)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f'<rect width="{WIDTH}" height="12" fill="{LAKE}"/>'
        f'<text x="60" y="92" font-size="46" font-weight="700" fill="{INK}">'
        f"{escape(heading)}</text>{body}"
        f'<text x="60" y="{HEIGHT - 32}" font-size="22" fill="{QUIET}">'
        f"Komek{escape(_as_of(as_of, language))}</text></svg>"
    )


def _svg_row(row: Row, place: int) -> str:
    y = ROW_TOP + place * ROW_HIGH
    width = WIDTH - 120
    return (
        f'<text x="60" y="{y}" font-size="26" font-weight="600" fill="{INK}">'
        f"{escape(row.title)}</text>"
        f'<text x="{WIDTH - 60}" y="{y}" font-size="24" text-anchor="end"'
        f' fill="{QUIET}">{escape(row.note)}</text>'
        f'<rect x="60" y="{y + 12}" width="{width}" height="10" rx="4"'
        f' fill="{LINE}"/><rect x="60" y="{y + 12}" width="{width * row.share:.0f}"'
        f' height="10" rx="4" fill="{LAKE}"/>'
    )


def _as_of(as_of: Any, language: str) -> str:
    if as_of is None:
        return ""
    return " · " + _("Needs of %(day)s.", day=day(as_of, language))


class PngShelf:
    """Keeps the newest PNG of each language: drawing one takes a child process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[datetime, bytes]] = {}
        self._turn = threading.Lock()

    def of(self, language: str, draw: Callable[[], bytes]) -> bytes:
        """Give a PNG of the last minutes; one is drawn at a time, whoever asks."""
        with self._turn:
            now = self._clock.now()
            kept = self._kept.get(language)
            if kept is None or now - kept[0] > PNG_LASTS:
                kept = self._kept[language] = now, draw()
            return kept[1]


def png_of(rows: Sequence[Row], as_of: Any, language: str) -> bytes:
    """Draw the picture as a PNG of the same size."""
    facts = {
        "heading": _("What is needed now"),
        "foot": f"Komek{_as_of(as_of, language)}",
        "rows": [
            {"title": row.title, "note": row.note, "share": row.share} for row in rows
        ],
    }
    return pictures(TEMPLATE, facts, language, PIXELS_PER_INCH)[0]
