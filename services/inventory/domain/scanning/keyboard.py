"""Scans that a Russian or Kazakh keyboard layout turned into other letters.

A keyboard-wedge scanner presses keys; the layout decides which characters arrive.
Layouts: xkeyboard-config ``symbols/ru`` and ``symbols/kz`` (RST KazSSR 903-90),
where even the digit row holds letters.
"""

_CYRILLIC = range(0x0400, 0x0530)

_LETTERS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>",
)
_RUSSIAN = _LETTERS | str.maketrans('ёЁ.,"№;:?/', "`~/?@#$^&|")
_KAZAKH = _LETTERS | str.maketrans(
    '„"әіңғ,.үұқөһ!ӘІҢҒ;:ҮҰҚӨҺ№?()/',
    "11234567890-=!@#$%^&*()_+/?`~|",
)
"""Windows puts the straight quote where the standard has the low one: both are 1."""

_ONLY_KAZAKH = frozenset("„әіңғүұқөһӘІҢҒҮҰҚӨҺ")


def has_cyrillic(text: str) -> bool:
    """Tell whether any letter is Cyrillic, which no GS1 code can hold."""
    return any(ord(character) in _CYRILLIC for character in text)


def reverse_layout(raw: str) -> str | None:
    """Suggest what the same keys give on an English layout; None without Cyrillic.

    Only a suggestion for a person to confirm: separators are usually lost on this
    way, and one character may stand for two keys.
    """
    if not has_cyrillic(raw):
        return None
    return raw.translate(_RUSSIAN if _ONLY_KAZAKH.isdisjoint(raw) else _KAZAKH)
