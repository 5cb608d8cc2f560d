"""Texts for people, in the language of the request.

``_`` for a text of now, ``_l`` for one that is defined before any request,
``ngettext`` where Russian counts. English is the source language.
"""

from dataclasses import dataclass

from shared.web.languages import WORDS


@dataclass(frozen=True, slots=True)
class LazyText:
    """A text that becomes words when it is shown."""

    msgid: str

    def __str__(self) -> str:
        return str(WORDS.gettext(self.msgid))


def gettext(text: str, **variables: object) -> str:
    """Translate; ``%(name)s`` in the text takes the variable of that name."""
    return str(WORDS.gettext(text, **variables))


def lazy_gettext(text: str) -> LazyText:
    """Keep a text to be translated when it is shown."""
    return LazyText(text)


def ngettext(one: str, many: str, count: int, **variables: object) -> str:
    """Translate a counted noun; ``%(num)s`` is the count."""
    return str(WORDS.ngettext(one, many, count, **variables))


_ = gettext
_l = lazy_gettext
