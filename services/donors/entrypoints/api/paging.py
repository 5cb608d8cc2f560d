"""Cursors of donors' lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared.web.paging import encode_cursor

MOMENT_AND_NUMBER = (datetime, str)
"""The key of lists that run from the newest to the oldest."""


def cursor_of(key: Sequence[Any] | None) -> str | None:
    """Pack the key of the next page; null when there is none."""
    return encode_cursor(key) if key else None
