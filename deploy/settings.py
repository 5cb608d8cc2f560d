"""Settings of a process, read from the environment once and checked."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

SERVICES = ("inventory", "distribution", "donors")
EMBEDDED_BROKER = "embedded://localhost"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a process keeps its data, whom it talks to and where it listens.

    ``database_urls`` has one entry for each service and one for ``identity``.
    """

    data: Path
    broker_url: str
    database_urls: dict[str, str]
    host: str
    port: int
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
    ) -> "Settings":
        """Read the environment; what is given here wins over it.

        Raises environs.EnvError, whose text names the variable.
        """
        env = Env()
        folder = data or env.path("KOMEK_DATA", Path("data"))
        return cls(
            data=folder,
            broker_url=env.str("KOMEK_BROKER_URL", EMBEDDED_BROKER),
            database_urls={
                name: env.str(
                    f"KOMEK_DATABASE_URL_{name.upper()}", _sqlite_url(folder, name)
                )
                for name in (*SERVICES, "identity")
            },
            host=host or env.str("KOMEK_HOST", "127.0.0.1"),
            port=port or env.int("KOMEK_PORT", 8000),
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
