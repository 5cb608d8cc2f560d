"""The way of all gifts as one SVG that stands on its own, for paper.

Colours are those of the pages, written out, for a paper has no stylesheet; each part
has a brightness of its own, its word and its number, so it reads in black and white.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from services.donors.entrypoints.pictures.flow import Picture, Way, wide
from shared.web.formats import number
from shared.web.words import LazyText, _l

INK, SOFT, GROUND = "#1b2430", "#5b6673", "#dfe7ee"
FILLS = {
    "in": "#0b4f71",
    "store": "#4a83a6",
    "kept": "#ffffff",
    "way": "#6d9dba",
    "done": "#1f8a57",
    "loss": "#93775c",
}
OUTLINE = f' stroke="{FILLS["store"]}" stroke-width="2"'
"""What is reserved is a hollow part of what is in stock."""

WORDS: dict[str, LazyText] = {
    "announced": _l("announced"),
    "received": _l("received"),
    "in_stock": _l("in stock"),
    "reserved": _l("of these reserved"),
    "sent": _l("sent"),
    "accepted": _l("accepted"),
    "to_come": _l("still to come"),
    "refused": _l("not taken in"),
    "lost": _l("lost"),
    "expired": _l("expired"),
    "returned": _l("returned to you"),
    "in_transit": _l("on the way"),
}


def way_picture(way: Way, language: str) -> str:
    """Draw a way as SVG text, in the words of *language*."""
    picture = wide(way)
    inside = "".join((*_ribbons(picture), *_bars(picture), *_labels(picture, language)))
    size = f"{picture.width:.0f} {picture.height:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" '
        f'font-family="Libertinus Serif">{inside}</svg>'
    )


def _ribbons(picture: Picture) -> Iterator[str]:
    for ribbon in picture.ribbons:
        yield f'<path d="{ribbon.path}" fill="{GROUND}"/>'


def _bars(picture: Picture) -> Iterator[str]:
    for bar in picture.bars:
        outline = OUTLINE if bar.colour == "kept" else ""
        yield (
            f'<rect x="{bar.x:.1f}" y="{bar.y:.1f}" width="{bar.width:.1f}" '
            f'height="{bar.height:.1f}" rx="2" fill="{FILLS[bar.colour]}"{outline}/>'
        )


def _labels(picture: Picture, language: str) -> Iterator[str]:
    for label in picture.labels:
        size, colour = (26, INK) if label.is_step else (20, SOFT)
        text = f"{number(label.number, language)} {WORDS[label.word]}"
        yield (
            f'<text x="{label.x:.1f}" y="{label.y:.1f}" font-size="{size}" '
            f'fill="{colour}">{escape(text)}</text>'
        )
