"""What makes part of a service an app: installed, and opened without a network.

All of it is the same for everybody and holds nothing about anybody, so a service
worker may keep it on a phone that several people share.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Response, jsonify
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]

from shared.web.assets import asset, built_text
from shared.web.auth import current_principal, session_mark
from shared.web.languages import speaking
from shared.web.packing import packed
from shared.web.words import LazyText

ICONS = (("icon-192.png", 192), ("icon-512.png", 512))
COLOUR = "#0b4f71"
VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True)
class AppCard:
    """What a phone's home screen shows; ``start`` and ``scope`` are addresses."""

    start: str
    scope: str
    name: LazyText
    short_name: LazyText
    description: LazyText


def manifest(card: AppCard, language: str) -> Response:
    """Describe an app to the phone, in one language."""
    with speaking(language):
        described = {
            "id": card.start,
            "name": str(card.name),
            "short_name": str(card.short_name),
            "description": str(card.description),
            "lang": language,
            "start_url": card.start,
            "scope": card.scope,
            "display": "standalone",
            "background_color": COLOUR,
            "theme_color": COLOUR,
            "icons": _icons(),
        }
    text = json.dumps(described, ensure_ascii=False)
    return _asked_again(Response(text), "application/manifest+json")


def for_nobody(home: str) -> dict[str, Any]:
    """Give what the layout of a page shows where nobody is signed in."""
    return {
        "principal": None,
        "navigation": [],
        "navigation_current": "",
        "home": home,
        "theme": "system",
        "csrf_token": str,
        "toasts": list,
    }


def kept_page(html: str) -> Response:
    """Answer with a page that a worker keeps."""
    return _asked_again(packed(html), "text/html")


def kept_words(words: str) -> Response:
    """Answer with a script's words: as heavy as its page, but kept for longer."""
    return _asked_again(packed(words), "application/json")


def worker(script: str, drawn: Iterable[str], **kept: Any) -> Response:
    """Serve a built service worker, headed by what it has to keep.

    ``drawn`` is everything it keeps that has no hash in its name: the version
    changes with any of it.
    """
    version = sha256("".join(drawn).encode()).hexdigest()[:VERSION_DIGITS]
    head = f"self.KEPT = {json.dumps({'version': version, **kept})};\n"
    return _asked_again(Response(head + built_text(script)), "text/javascript")


def who_is_here() -> Response:
    """Tell a page from the phone's memory who is signed in now."""
    principal = current_principal()
    return jsonify(
        account_id=str(principal.account_id),
        display_name=principal.display_name,
        session=session_mark(),
        csrf_token=generate_csrf(),
    )


def words_of(words: Mapping[str, LazyText], language: str) -> str:
    """Write a script's words in one language, by the names it knows them by."""
    with speaking(language):
        told = {name: str(text) for name, text in words.items()}
    return json.dumps(told, ensure_ascii=False)


def _asked_again(response: Response, kind: str) -> Response:
    """Let browsers keep it, and ask each time whether it still holds."""
    response.mimetype = kind
    response.cache_control.no_cache = True
    return response


def _icons() -> list[dict[str, str]]:
    drawn = {"src": asset("logo-app.svg"), "sizes": "any", "type": "image/svg+xml"}
    painted = [
        {
            "src": asset(name),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, side in ICONS
        for purpose in ("any", "maskable")
    ]
    return [drawn, *painted]
