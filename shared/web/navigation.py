"""The main menu: what each role may go to, over all services."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.identity.accounts import Principal
from shared.web.words import LazyText

ENTRIES_MAX = 6
"""More does not fit in the bar at 860 px in Russian; the rest is in the menu."""


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry: a whole path such as ``/inventory/stock`` and who sees it.

    ``label`` comes from ``_l``. The first entry a person may see is
    where signing in leads, so the composition root puts homes first.
    """

    path: str
    label: LazyText | str
    roles: frozenset[str]

    def is_for(self, principal: Principal) -> bool:
        """Say whether this person sees the entry."""
        return principal.has_role(*self.roles)


def entry(path: str, label: LazyText | str, *roles: str) -> NavigationEntry:
    """Make an entry: ``entry("/inventory/stock", _l("Stock"), "volunteer")``."""
    return NavigationEntry(path, label, frozenset(roles))


def entries_for(
    navigation: Iterable[NavigationEntry], principal: Principal
) -> list[NavigationEntry]:
    """List every entry a person may see; the bar shows the first six of them."""
    return [one for one in navigation if one.is_for(principal)]


def home_of(navigation: Iterable[NavigationEntry], principal: Principal) -> str:
    """Say where a person's work begins."""
    entries = entries_for(navigation, principal)
    return entries[0].path if entries else "/account/profile"


def current_path(entries: Iterable[NavigationEntry], path: str) -> str | None:
    """Find the entry a page belongs to: the one with the longest common path."""
    fitting = [
        one.path
        for one in entries
        if path == one.path or path.startswith(one.path.rstrip("/") + "/")
    ]
    return max(fitting, key=len, default=None)
