"""Settings of a process, read from the environment once and checked."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env
from marshmallow.validate import OneOf

from deploy.addresses import is_loopback

SERVICES = ("inventory", "distribution", "donors")
EMBEDDED_BROKER = "embedded://localhost"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a process keeps its data, whom it talks to and where it listens.

    ``database_urls`` has one entry for each service and one for ``identity``.
    With ``makes_https`` the listener speaks HTTPS under a certificate of our own
    authority, and ``trust_port`` tells phones in plain HTTP how to trust it.
    """

    data: Path
    broker_url: str
    database_urls: dict[str, str]
    host: str
    port: int
    trust_port: int
    public_host: str | None
    makes_https: bool
    logs_as_json: bool
    log_level: str
    demo_password: str | None
    commit: str

    @classmethod
    def read(
        cls,
        *,
        data: Path | None = None,
        host: str | None = None,
        port: int | None = None,
        is_for_phones: bool = False,
    ) -> "Settings":
        """Read the environment; what is given here wins over it.

        A process that is for phones makes HTTPS of its own as soon as others than
        this machine can reach it, unless KOMEK_HTTPS says otherwise.
        Raises environs.EnvError, whose text names the variable.
        """
        env = Env()
        folder = data or env.path("KOMEK_DATA", Path("data"))
        host = host or env.str("KOMEK_HOST", "127.0.0.1")
        port = port or env.int("KOMEK_PORT", 8000)
        https = env.str("KOMEK_HTTPS", "auto", validate=OneOf(["auto", "on", "off"]))
        is_needed = is_for_phones and not is_loopback(host)
        return cls(
            data=folder,
            broker_url=env.str("KOMEK_BROKER_URL", EMBEDDED_BROKER),
            database_urls={
                name: env.str(
                    f"KOMEK_DATABASE_URL_{name.upper()}", _sqlite_url(folder, name)
                )
                for name in (*SERVICES, "identity")
            },
            host=host,
            port=port,
            trust_port=env.int("KOMEK_TRUST_PORT", port + 1),
            public_host=env.str("KOMEK_PUBLIC_HOST", None),
            makes_https=is_needed if https == "auto" else https == "on",
            logs_as_json=env.str("KOMEK_LOG_FORMAT", "columns") == "json",
            log_level=env.str("KOMEK_LOG_LEVEL", "WARNING"),
            demo_password=env.str("KOMEK_DEMO_PASSWORD", None),
            commit=env.str("KOMEK_COMMIT", "unknown"),
        )

    def prepare_data(self) -> None:
        """Make the data folder, readable by its owner alone."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)


def _sqlite_url(folder: Path, name: str) -> str:
    return f"sqlite:///{folder.absolute() / f'{name}.sqlite3'}"
