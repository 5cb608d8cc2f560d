"""Which language a page speaks, and its words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import (  # type: ignore[import-untyped]
    Babel,
    Domain,
    force_locale,
    get_locale,
)
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


_words = FallingBack()


def current_language() -> str:
    """Give ``kk``, ``ru`` or ``en``; the default outside a request."""
    locale = get_locale()
    return DEFAULT_LANGUAGE if locale is None else locale.language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak one language for a while, whatever the request asks for."""
    with force_locale(language):
        yield


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
    babel.domain_instance = _words
