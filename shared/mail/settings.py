"""Whether and how an installation sends letters."""

from dataclasses import dataclass

from environs import Env

from shared.mail.smtp import MailServer

DEFAULT_SENDER = "Komek <komek@localhost>"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server letters are handed to, and who they are from."""

    server: MailServer
    sender: str

    @classmethod
    def from_environment(cls) -> "MailSettings | None":
        """Read ``KOMEK_SMTP_URL`` and ``KOMEK_MAIL_FROM``; None: nothing is sent.

        Raises WrongMailUrlError, which names the setting and hides its password.
        """
        env = Env()
        url = env.str("KOMEK_SMTP_URL", "")
        if not url:
            return None
        sender = env.str("KOMEK_MAIL_FROM", DEFAULT_SENDER)
        return cls(MailServer.of(url), sender)
