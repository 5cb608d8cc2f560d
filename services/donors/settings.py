"""What an installation may choose about writing to donors."""

from dataclasses import dataclass, field

from environs import Env

from shared.mail.settings import MailSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """Without ``mail`` nothing is sent; without ``public_url`` no regular letters.

    A regular letter needs a link that ends it, so it needs the address at which
    donors reach us. Without ``letter_key`` the database makes and keeps one.
    """

    mail: MailSettings | None = field(default=None, repr=False)
    public_url: str | None = None
    letter_key: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read ``KOMEK_SMTP_URL``, ``KOMEK_PUBLIC_URL`` and ``KOMEK_LETTER_KEY``."""
        env = Env()
        return cls(
            mail=MailSettings.from_environment(),
            public_url=env.str("KOMEK_PUBLIC_URL", "").rstrip("/") or None,
            letter_key=env.str("KOMEK_LETTER_KEY", None),
        )
