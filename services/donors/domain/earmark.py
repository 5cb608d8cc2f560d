"""An earmark: the groups a donor means the goods for; one shared group suffices."""

from collections.abc import Iterable, Mapping

from services.donors.domain.errors import UnknownEarmarkGroupError
from shared.kernel.errors import MalformedError

Earmark = tuple[str, ...]

STANDARD_GROUPS = ("boys", "children", "medical", "release", "women")
"""Groups every programme has; units may bring others (API.md, gifts)."""


def checked_earmark(
    groups: Iterable[str] | None, heard_of: Iterable[str]
) -> Earmark | None:
    """Give the groups in order, each once; null stays null and means free goods.

    Raises MalformedError for an empty list, UnknownEarmarkGroupError for a group
    that is neither standard nor any unit's.
    """
    if groups is None:
        return None
    chosen = tuple(sorted(set(groups)))
    if not chosen:
        raise MalformedError(
            "An earmark names at least one group. Use null for free goods.",
            field="earmark",
        )
    existing = {*STANDARD_GROUPS, *heard_of}
    for group in chosen:
        if group not in existing:
            raise UnknownEarmarkGroupError(group)
    return chosen


def facilities_reached(
    earmark: Earmark, groups_of_facilities: Mapping[str, frozenset[str]]
) -> int:
    """Count the facilities that have a unit of at least one of these groups."""
    wanted = frozenset(earmark)
    return sum(
        not wanted.isdisjoint(groups) for groups in groups_of_facilities.values()
    )
