"""What inventory knows of the gift that goods came with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift that was announced, or whose goods came before its announcement.

    Goods of a gift that is not known yet are held back, so that an earmark still
    on its way cannot be missed. ``earmark_version`` 0 is the announcement's own.
    """

    gift_number: str
    is_known: bool
    earmark: tuple[str, ...] | None = None
    earmark_version: int = 0


def own_lot_number(gift_number: str) -> str:
    """Give a number to a lot without one, alike for all receipts of a gift."""
    return f"K-{gift_number}"[:20]
