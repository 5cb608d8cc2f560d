"""What an installation may choose about its warehouse."""

from dataclasses import dataclass, field

from environs import Env

from services.inventory.application.ports import Place

STANDARD_PLACES = (
    *(Place(f"A-{n:02d}", f"Shelf A-{n:02d}", "storage") for n in range(1, 7)),
    Place("H-01", "Quarantine H-01", "hold"),
    Place("H-02", "Quarantine H-02", "hold"),
    Place("RETURNS", "Returns", "hold"),
    Place("DISPATCH", "Dispatch", "dispatch"),
)
"""Where a fresh installation can put goods before anybody set anything up."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``scan_substitutes`` are the texts scanners send in place of a separator.

    Without ``serial_key`` the database makes and keeps one of its own.
    """

    places: tuple[Place, ...] = STANDARD_PLACES
    scan_substitutes: tuple[str, ...] = ()
    serial_key: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read ``KOMEK_SCAN_SUBSTITUTES`` (comma-separated), ``KOMEK_SERIAL_KEY``."""
        substitutes: list[str] = Env().list("KOMEK_SCAN_SUBSTITUTES", [])
        return cls(
            scan_substitutes=tuple(filter(None, substitutes)),
            serial_key=Env().str("KOMEK_SERIAL_KEY", None),
        )
