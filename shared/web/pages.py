"""What every page needs: words, numbers, menu, links, toasts."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import (
    Flask,
    flash,
    g,
    get_flashed_messages,
    redirect,
    request,
)
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

from shared.identity.accounts import LANGUAGES
from shared.web import formats
from shared.web.assets import asset
from shared.web.auth import current_principal_or_none, session_mark
from shared.web.compiled import CompiledTemplates
from shared.web.languages import LANGUAGE_NAMES, current_language, keep_language
from shared.web.navigation import ENTRIES_MAX, current_path, entries_for, home_of
from shared.web.parts import WebParts
from shared.web.returning import this_address

TEMPLATES = Path(__file__).parent / "templates"
THEMES = ("light", "dark", "system")
THEME_COOKIE = "theme"
COOKIE_SECONDS = 365 * 24 * 3600
TOAST = "toast"


def toast(
    text: str,
    undo_url: str | None = None,
    undo_fields: Mapping[str, str] | None = None,
) -> None:
    """Say on the next page what was done, with Undo where it can be taken back.

    Undo posts ``undo_fields`` to ``undo_url``; the CSRF token is added.
    """
    told: Any = {"text": text, "url": undo_url, "fields": dict(undo_fields or {})}
    flash(told, TOAST)


def init_pages(app: Flask, parts: WebParts) -> None:
    """Give an application's templates what the layout and macros use."""
    loader = app.jinja_loader
    shared = FileSystemLoader(TEMPLATES)
    app.jinja_loader = ChoiceLoader([loader, shared] if loader else [shared])
    app.jinja_env.bytecode_cache = CompiledTemplates()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    _add_filters(app)
    app.jinja_env.globals.update(
        asset=asset, csrf_token=generate_csrf, session_mark=session_mark
    )
    app.context_processor(lambda: _frame(parts))
    app.before_request(lambda: _take_preferences(parts))


def _add_filters(app: Flask) -> None:
    def num(value: float | Decimal, places: int = 0) -> str:
        return formats.number(value, current_language(), places=places)

    def percent(share: float | Fraction | Decimal, places: int = 1) -> str:
        return formats.per_cent(share, current_language(), places=places)

    def day(value: date | None) -> str:
        return formats.day(value, current_language()) if value else ""

    def moment(value: datetime | None) -> str:
        return formats.moment(value, current_language()) if value else ""

    app.jinja_env.filters.update(num=num, percent=percent, day=day, moment=moment)


def _frame(parts: WebParts) -> dict[str, Any]:
    """Collect what the layout shows around a page."""
    principal = current_principal_or_none()
    entries = entries_for(parts.navigation, principal) if principal else []
    return {
        "principal": principal,
        "language": current_language(),
        "language_names": LANGUAGE_NAMES,
        "theme": _theme(),
        "themes": THEMES,
        "navigation": entries,
        "navigation_max": ENTRIES_MAX,
        "navigation_current": current_path(entries, request.script_root + request.path),
        "home": home_of(parts.navigation, principal) if principal else "/",
        "toasts": lambda: get_flashed_messages(category_filter=[TOAST]),
        "with_query": with_query,
        "counted_at": None,
    }


def with_query(**changes: str | None) -> str:
    """Give this page's address with some parameters changed, for links."""
    return _joined(this_address(**changes), changes)


def _joined(address: str, changes: Mapping[str, str | None]) -> str:
    wanted = {name: value for name, value in changes.items() if value is not None}
    if not wanted:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(wanted)}"


def _theme() -> str:
    chosen = request.cookies.get(THEME_COOKIE, "system")
    return chosen if chosen in THEMES else "system"


def _take_preferences(parts: WebParts) -> Response | None:
    """Keep ``?lang=`` and ``?theme=`` and show the page again without them."""
    language, theme = request.args.get("lang"), request.args.get("theme")
    is_page = request.method == "GET" and "/api/" not in request.path
    if not is_page or (language not in LANGUAGES and theme not in THEMES):
        return None
    response = redirect(this_address(lang=None, theme=None), 303)
    if language in LANGUAGES:
        keep_language(response, language)
        principal = g.get("principal")
        if principal and principal.language != language:
            parts.identity.set_language(principal, language)
    if theme in THEMES:
        response.set_cookie(THEME_COOKIE, theme, max_age=COOKIE_SECONDS, samesite="Lax")
    return response
