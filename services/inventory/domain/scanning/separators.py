"""Signs that a separator was lost on the way and a value swallowed its neighbour.

The next element may have become the tail of a lot or serial.  We never split by
guess: the tail may as well be the maker's own, so a person decides.
"""

import re

_SWALLOWED_DATE = re.compile(
    r".1[1357][0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])", re.DOTALL
)
_SWALLOWED_MARK = re.compile(r".9[13].{4}\Z", re.DOTALL)


def suspects_missing_separator(values: dict[str, str]) -> bool:
    """Look for a date inside a lot or serial, or a marking key at a serial's end."""
    lot, serial = values.get("10", ""), values.get("21", "")
    return (
        _SWALLOWED_DATE.search(lot) is not None
        or _SWALLOWED_DATE.search(serial) is not None
        or _SWALLOWED_MARK.search(serial) is not None
    )
