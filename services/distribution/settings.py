"""What an installation may choose about its deliveries."""

from dataclasses import dataclass, field

from environs import Env


@dataclass(frozen=True, slots=True)
class Settings:
    """Without ``photo_key`` the database makes and keeps one of its own.

    A key that stands beside what it locks guards a lost photograph, not a lost
    database: set ``KOMEK_PHOTO_KEY`` where copies of the database travel.
    """

    photo_key: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read ``KOMEK_PHOTO_KEY``, any text that nobody guesses."""
        return cls(photo_key=Env().str("KOMEK_PHOTO_KEY", None))
