"""A scanner that types: it presses the keys of an American keyboard, whatever the
computer's layout makes of them.
"""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

GS = "\x1d"
ALT, CONTROL, SHIFT = 1, 2, 8
_PLAIN = {
    "-": "Minus", "=": "Equal", "[": "BracketLeft", "]": "BracketRight",
    "\\": "Backslash", ";": "Semicolon", "'": "Quote", "`": "Backquote",
    ",": "Comma", ".": "Period", "/": "Slash", " ": "Space",
}  # fmt: skip
_SHIFTED = dict(zip('!@#$%^&*()_+{}|:"~<>?', "1234567890-=[]\\;'`,./", strict=True))

AMERICAN: Mapping[str, str] = {}
RUSSIAN = dict(
    zip(
        "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
        "йцукенгшщзхъфывапролджэячсмитьбю.",
        strict=True,
    )
)
KAZAKH = {**RUSSIAN, **dict(zip("2345890", "әіңғүұқ", strict=True))}
"""Letters where others have digits: RST KazSSR 903-90, as xkeyboard-config has it."""

LAYOUTS = {"american": AMERICAN, "russian": RUSSIAN, "kazakh": KAZAKH}


class Wedge:
    """Types into the focused page key by key, over the browser's own protocol."""

    def __init__(self, page: Page, layout: Mapping[str, str] = AMERICAN) -> None:
        self._session = page.context.new_cdp_session(page)
        self._layout = layout

    def scan(
        self, text: str, *, separator: str = "control", end: str = "Enter"
    ) -> None:
        """Type one code; ``separator`` is ``control``, ``alt`` or nothing at all."""
        for sign in text:
            if sign == GS:
                self._separate(separator)
            else:
                self._sign(sign)
        if end:
            self._press(end, end, 0, "\r" if end == "Enter" else "")

    def _separate(self, way: str) -> None:
        if way == "control":
            self._press("BracketRight", self._made_of("]"), CONTROL)
        elif way == "alt":
            self._send("rawKeyDown", "AltLeft", "Alt", ALT)
            for digit in "029":
                self._press(f"Numpad{digit}", digit, ALT)
            self._send("keyUp", "AltLeft", "Alt", 0)

    def _sign(self, sign: str) -> None:
        plain = _SHIFTED.get(sign, sign.lower())
        is_shifted = plain != sign
        made = self._made_of(plain)
        shown = made.upper() if made != plain or sign.isalpha() else sign
        key = shown if is_shifted else made
        self._press(_code(plain), key, SHIFT if is_shifted else 0, key)

    def _made_of(self, plain: str) -> str:
        return self._layout.get(plain, plain)

    def _press(self, code: str, key: str, modifiers: int, text: str = "") -> None:
        self._send("keyDown" if text else "rawKeyDown", code, key, modifiers, text)
        self._send("keyUp", code, key, modifiers)

    def _send(
        self, kind: str, code: str, key: str, modifiers: int, text: str = ""
    ) -> None:
        event: dict[str, Any] = {"type": kind, "code": code, "key": key}
        if text:
            event["text"] = text
        self._session.send("Input.dispatchKeyEvent", event | {"modifiers": modifiers})


def _code(plain: str) -> str:
    if plain.isdigit():
        return f"Digit{plain}"
    return _PLAIN.get(plain) or f"Key{plain.upper()}"
