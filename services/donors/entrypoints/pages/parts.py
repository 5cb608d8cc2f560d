"""The parts of a donor's page that change by themselves."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from flask import current_app

from shared.web.streams import StreamEvent

PARTS = (
    *("hello", "gift", "numbers", "stock", "story", "earlier", "questions", "others"),
    "counted",
)
"""What is newest of the story and what came before are told apart: only the first
changes with every scan, and the second may be forty times as long."""

REMEMBERED_MAX = 200

Rendered = Mapping[str, str]
Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Keeps what was made of a version, so that many open pages cost one making.

    A key begins with whose it is.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._making: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def of(self, key: tuple[str, ...], make: Callable[[], Kept]) -> Kept:
        """Give what belongs to a key, made when it is new.

        Other pages of the same owner wait for it, and nobody else does.
        """
        with self._making[key[0]]:
            if key not in self._kept:
                self._kept[key] = make()
                if len(self._kept) > REMEMBERED_MAX:
                    self._kept.popitem(last=False)
            return self._kept[key]


def rendered(view: Any) -> Rendered:
    """Render every part of a view, and of what surrounds them nothing."""
    templates = current_app.jinja_env
    return {
        name: templates.get_template(f"donors/parts/{name}.html")
        .render(view=view)
        .strip()
        for name in PARTS
    }


class ChangedParts:
    """Tells one open page only the parts that differ from what it shows."""

    def __init__(self, current: Callable[[], Rendered]) -> None:
        self._current = current
        self._shown: Rendered = {}

    def __call__(self) -> Iterable[StreamEvent]:
        parts = self._current()
        changed = [
            StreamEvent(html, name=name)
            for name, html in parts.items()
            if html != self._shown.get(name)
        ]
        self._shown = parts
        return changed
