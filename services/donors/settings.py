"""What an installation may choose about writing to donors."""

from dataclasses import dataclass, field

from environs import Env

from shared.mail.settings import MailSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """Without ``mail`` nothing is sent; without ``public_url`` no regular letters.

    A regular letter needs a link that ends it, so it needs the address at which
    donors reach us. Without ``letter_key`` the database makes and keeps one.
    ``webhooks_may_be_private`` lets donors' webhooks lead into our own network, by
    http too: for trials only.
    """

    mail: MailSettings | None = field(default=None, repr=False)
    public_url: str | None = None
    letter_key: str | None = field(default=None, repr=False)
    webhooks_may_be_private: bool = False

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read ``KOMEK_SMTP_URL``, ``KOMEK_PUBLIC_URL`` and what else they name."""
        env = Env()
        return cls(
            mail=MailSettings.from_environment(),
            public_url=env.str("KOMEK_PUBLIC_URL", "").rstrip("/") or None,
            letter_key=env.str("KOMEK_LETTER_KEY", None),
            webhooks_may_be_private=env.bool("KOMEK_WEBHOOKS_MAY_BE_PRIVATE", False),
        )
