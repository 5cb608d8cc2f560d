"""The parts of a donor's page that change by themselves."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from flask import current_app

from shared.web.streams import StreamEvent

EARLIER = "earlier"
PARTS = (
    *("hello", "gift", "numbers", "stock", "story", EARLIER, "questions", "others"),
    "counted",
)
"""What is newest of the story and what came before are told apart: only the first
changes with every scan, and the second may be forty times as long."""

REMEMBERED_MAX = 200

Rendered = Mapping[str, str]
Kept = TypeVar("Kept")
Key = tuple[str, *tuple[Hashable, ...]]


class Shelf(Generic[Kept]):
    """Keeps what was made of a version, so that many open pages cost one making.

    A key begins with the code of whose it is. The oldest are forgotten when there are
    more than ``most``.
    """

    def __init__(self, most: int = REMEMBERED_MAX) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._making: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def of(self, key: Key, make: Callable[[], Kept]) -> Kept:
        """Give what belongs to a key, made when it is new.

        Other pages of the same owner wait for it, and nobody else does.
        """
        with self._making[key[0]]:
            if key not in self._kept:
                self._kept[key] = make()
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
            return self._kept[key]


def rendered(view: Any, earlier: Shelf[str]) -> Rendered:
    """Render every part of a view, and of what surrounds them nothing.

    What came before the newest of the story is taken from ``earlier`` while it stays.
    """

    def part(name: str) -> str:
        template = current_app.jinja_env.get_template(f"donors/parts/{name}.html")
        return template.render(view=view).strip()

    before = (view.donor_code, view.story.mark_of_earlier)
    return {
        name: earlier.of(before, partial(part, name)) if name == EARLIER else part(name)
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
