"""What an installation may choose about its warehouse."""

from dataclasses import dataclass, field

from environs import Env

from services.inventory.application.ports.work import Place
from shared.kernel.gs1 import is_digits
from shared.mail.settings import MailSettings

STANDARD_PLACES = (
    *(Place(f"A-{n:02d}", f"Shelf A-{n:02d}", "storage") for n in range(1, 7)),
    Place("H-01", "Quarantine H-01", "hold"),
    Place("H-02", "Quarantine H-02", "hold"),
    Place("RETURNS", "Returns", "hold"),
    Place("DISPATCH", "Dispatch", "dispatch"),
)
"""Where a fresh installation can put goods before anybody set anything up."""


DEMONSTRATION_PREFIX = "9520000"
"""Of the range GS1 keeps for demonstrations: fine inside one house, not beyond."""

PREFIX_MIN, PREFIX_MAX = 4, 12


@dataclass(frozen=True, slots=True)
class Settings:
    """``scan_substitutes`` are the texts scanners send in place of a separator.

    Without ``serial_key`` the database makes and keeps one of its own. Boxes are
    numbered under ``company_prefix``, which GS1 gives to an organisation.
    """

    places: tuple[Place, ...] = STANDARD_PLACES
    scan_substitutes: tuple[str, ...] = ()
    serial_key: str | None = field(default=None, repr=False)
    company_prefix: str = DEMONSTRATION_PREFIX

    def __post_init__(self) -> None:
        prefix = self.company_prefix
        if not is_digits(prefix) or not PREFIX_MIN <= len(prefix) <= PREFIX_MAX:
            raise ValueError(
                f"KOMEK_GS1_PREFIX is {prefix!r}; a company prefix of GS1 has "
                f"{PREFIX_MIN} to {PREFIX_MAX} digits"
            )

    mail: MailSettings | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read ``KOMEK_SCAN_SUBSTITUTES``, ``KOMEK_SERIAL_KEY``, ``KOMEK_GS1_PREFIX``.

        The first is comma-separated; ValueError for a prefix GS1 cannot have given.
        """
        substitutes: list[str] = Env().list("KOMEK_SCAN_SUBSTITUTES", [])
        return cls(
            scan_substitutes=tuple(filter(None, substitutes)),
            serial_key=Env().str("KOMEK_SERIAL_KEY", None),
            company_prefix=Env().str("KOMEK_GS1_PREFIX", DEMONSTRATION_PREFIX),
            mail=MailSettings.from_environment(),
        )
