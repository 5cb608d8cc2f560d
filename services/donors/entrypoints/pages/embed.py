"""The public needs for other people's sites: pictures, and how to show them."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for

from services.donors.entrypoints.answers import need_answers
from services.donors.entrypoints.api.levels import EMBEDDED_SECONDS
from services.donors.entrypoints.pictures.needs import (
    HEIGHT,
    WIDTH,
    PngShelf,
    png_of,
    rows_of,
    svg_of,
)
from services.donors.entrypoints.words.terms import category_word, unit_word
from services.donors.wiring import Donors
from shared.identity.accounts import LANGUAGES
from shared.web.auth import EVERYONE, allow
from shared.web.languages import LANGUAGE_NAMES, speaking
from shared.web.security import allow_embedding
from shared.web.words import gettext as _


def worded_needs(found: Any, language: str) -> list[dict[str, Any]]:
    """Give the public list with a title and a unit in words."""
    items = need_answers(found.public, found.catalogue, language)
    for item in items:
        item["title"] = item["name"] or category_word(item["category"])
        item["unit"] = unit_word(item["unit_of_issue"] or "")
    return items


def add_embed_pages(made: Blueprint, app: Donors) -> None:
    """Add ``/needs/<language>.svg``, ``.png`` and the page that explains them."""
    _add_pictures(made, app)
    _add_explanation(made)


def _add_pictures(made: Blueprint, app: Donors) -> None:
    shelf = PngShelf(app.clock)

    @made.get("/needs/<language>.svg")
    @allow(EVERYONE)
    def needs_svg(language: str) -> Response:
        """Draw what is needed next, for a web site."""
        _refuse_unknown(language)
        found = app.queries.levels()
        with speaking(language):
            rows = rows_of(worded_needs(found, language), language)
            svg = svg_of(rows, found.as_of, language)
        return _embedded(svg, "image/svg+xml")

    @made.get("/needs/<language>.png")
    @allow(EVERYONE)
    def needs_png(language: str) -> Response:
        """Draw the same for pages that take no SVG, such as social ones."""
        _refuse_unknown(language)

        def draw() -> bytes:
            found = app.queries.levels()
            with speaking(language):
                rows = rows_of(worded_needs(found, language), language)
                return png_of(rows, found.as_of, language)

        return _embedded(shelf.of(language, draw), "image/png")


def _add_explanation(made: Blueprint) -> None:
    @made.get("/needs/embed")
    @allow(EVERYONE)
    def embed() -> str:
        """Show how to put the list on another site."""
        addresses = [
            _shown_in(language, name) for language, _short, name in LANGUAGE_NAMES
        ]
        return render_template(
            "donors/embed.html",
            addresses=addresses,
            json=url_for("donors.needs", _external=True),
            page=url_for("pages.needs", _external=True),
            width=WIDTH,
            height=HEIGHT,
        )


def _shown_in(language: str, name: str) -> dict[str, str]:
    """Give the pictures of a language; who cannot see them reads it too."""
    with speaking(language):
        alt = _("What is needed now")
    return {
        "language": language,
        "name": name,
        "alt": alt,
        "svg": _address("pages.needs_svg", language),
        "png": _address("pages.needs_png", language),
    }


def _address(endpoint: str, language: str) -> str:
    return url_for(endpoint, language=language, _external=True)


def _refuse_unknown(language: str) -> None:
    if language not in LANGUAGES:
        abort(404)


def _embedded(body: str | bytes, mimetype: str) -> Response:
    allow_embedding(EMBEDDED_SECONDS)
    return Response(body, mimetype=mimetype)
