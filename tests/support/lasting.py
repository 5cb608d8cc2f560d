"""What an answer tells, without what chance puts into it."""

import re

_SIGNED = re.compile(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{27}")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def lasting(text: str) -> str:
    """Leave signed tokens and ids out: by chance they hold any short word there is."""
    return _ID.sub("", _SIGNED.sub("", text))
