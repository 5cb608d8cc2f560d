"""An address a donor entered: a link goes there, and nothing else before it is used.

INV-20: a mistyped address would send a donor's gifts to a stranger, and a stranger's
would be sent letters nobody wants. So its owner says yes, within three days; and a
donor has few such letters written a day, whatever the addresses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.donors.domain.giving_errors import AskedTooOftenError

LINK_LASTS = timedelta(days=3)
LETTERS_MAX = 5
COUNTED_FOR = timedelta(days=1)
PAUSE = timedelta(minutes=1)
"""Between two letters to the same address; a mistyped one is mended at once."""


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """What was entered last; null once confirmed, replaced or deleted.

    ``letters`` have been asked for since ``counted_since``, to all addresses.
    """

    email: str | None
    asked_at: datetime
    counted_since: datetime
    letters: int

    @property
    def works_until(self) -> datetime:
        """The moment from which its link does nothing."""
        return self.asked_at + LINK_LASTS

    def is_awaited(self, now: datetime) -> bool:
        """Say whether its link may still be used."""
        return self.email is not None and now < self.works_until


def asked_for(before: OwnAddress | None, email: str, now: datetime) -> OwnAddress:
    """Ask for a link to an address. Raises AskedTooOftenError."""
    if before is None or now >= before.counted_since + COUNTED_FOR:
        return OwnAddress(email, now, now, 1)
    is_again = before.email == email
    again_at = before.asked_at + PAUSE if is_again else now
    if before.letters >= LETTERS_MAX:
        again_at = before.counted_since + COUNTED_FOR
    if now < again_at:
        raise AskedTooOftenError(again_at - now)
    return OwnAddress(email, now, before.counted_since, before.letters + 1)
