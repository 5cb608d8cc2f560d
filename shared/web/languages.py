"""Which language a page speaks, and its words."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from shared.identity.accounts import LANGUAGES
from shared.web import catalogues

LANGUAGE_COOKIE = "lang"
DEFAULT_LANGUAGE = "en"
COOKIE_SECONDS = 365 * 24 * 3600
LANGUAGE_NAMES = (
    ("kk", "Қаз", "Қазақша"),
    ("ru", "Рус", "Русский"),
    ("en", "Eng", "English"),
)


class FallingBack(Domain):  # type: ignore[misc]  # flask-babel has no types
    """Shows Russian where Kazakh lacks a text, never a bare key."""

    def __init__(self) -> None:
        super().__init__()
        self._loaded: dict[str, NullTranslations | Translations] = {}

    def get_translations(self) -> Any:
        """Give the words of the request's language, loaded once a process."""
        language = current_language()
        if language not in self._loaded:
            self._loaded[language] = (
                catalogues.load(language)
                if language in catalogues.TRANSLATED
                else NullTranslations()
            )
        return self._loaded[language]


WORDS = FallingBack()
"""The words of whatever language is spoken now."""

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def current_language() -> str:
    """Give ``kk``, ``ru`` or ``en``; the default outside a request."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    locale = get_locale()
    return DEFAULT_LANGUAGE if locale is None else locale.language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak one language for a while, whatever the request asks for.

    Within it nobody asks the request, which a page of many words would do for each.
    """
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def choose_language() -> str:
    """Ask in turn: the address, the cookie, the account, the browser."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    principal = g.get("principal")
    wishes = (
        request.args.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        principal.language if principal else None,
    )
    for wish in wishes:
        if wish in LANGUAGES:
            return wish
    accepted = (tag.partition("-")[0] for tag in request.accept_languages.values())
    return next((one for one in accepted if one in LANGUAGES), DEFAULT_LANGUAGE)


def keep_language(response: Response, language: str) -> None:
    """Let the browser remember a choice for a year."""
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=COOKIE_SECONDS, samesite="Lax"
    )


def init_languages(app: Flask) -> None:
    """Give an application the suite's words."""
    babel = Babel(app, locale_selector=choose_language)
    babel.domain_instance = WORDS
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of its extension
        gettext=lambda text: WORDS.get_translations().ugettext(text),
        ngettext=lambda one, many, count: WORDS.get_translations().ungettext(
            one, many, count
        ),
        pgettext=lambda context, text: WORDS.get_translations().upgettext(
            context, text
        ),
        newstyle=True,
    )
