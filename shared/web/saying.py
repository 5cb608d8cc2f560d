"""Words outside of a request, such as those of a letter, in a language asked for."""

from functools import cache

from babel.support import NullTranslations

from shared.web import catalogues
from shared.web.words import LazyText


def said(text: LazyText, language: str, **facts: object) -> str:
    """Say a text in a language; ``%(name)s`` in it takes the fact of that name."""
    words = _words(language).gettext(text.msgid)
    return words % facts if facts else words


@cache
def _words(language: str) -> NullTranslations:
    is_translated = language in catalogues.TRANSLATED
    return catalogues.load(language) if is_translated else NullTranslations()
