"""The three services in this process, asked over HTTP, on a clock that is set."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from deploy.demo.people import create_people
from deploy.demo.stage import Stage
from deploy.settings import SERVICES, Settings
from shared.messaging.station import Station
from tests.support.simulated_power import PowerCut

PASSWORD = "four unrelated words"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a request."""

    status: int
    body: Any

    @property
    def is_ok(self) -> bool:
        """Whether the request was acknowledged."""
        return self.status < 400

    @property
    def code(self) -> str:
        """The stable code of a refusal."""
        return str(self.body.get("code", self.status))


class SimulatedSuite:
    """Real services with real routes on SQLite; only the broker is left out."""

    def __init__(self, folder: Path, begins_at: datetime, seed: int) -> None:
        self._stage = Stage(_settings(folder), begins_at, seed)
        self.services: dict[str, Any] = self._stage.services
        self.clock = self._stage.clock
        self.ids = self._stage.ids
        self.power = {
            name: PowerCut(service.database.engine)
            for name, service in self.services.items()
        }
        create_people(self._stage.identity, PASSWORD)
        self._clients = {
            name: app.test_client() for name, app in self._stage.apps.items()
        }
        self._tokens: dict[str, str] = {}

    @property
    def stations(self) -> dict[str, Station]:
        """Each service's mouth and ears, by name."""
        return {name: each.station for name, each in self.services.items()}

    def send(
        self,
        who: str,
        service: str,
        method: str,
        path: str,
        body: Any = None,
        **query: Any,
    ) -> Answer:
        """Send one request as the account of that name."""
        response = self._clients[service].open(
            f"/api/v1{path}",
            method=method,
            headers={"Authorization": f"Bearer {self._token(who)}"},
            query_string=query,
            json=body,
        )
        return Answer(response.status_code, response.get_json(silent=True) or {})

    def read(self, who: str, service: str, path: str, **query: Any) -> Any:
        """Read something; AssertionError when it is not answered."""
        answer = self.send(who, service, "GET", path, **query)
        assert answer.is_ok, f"GET {service} {path} was answered {answer}"
        return answer.body

    def page(self, who: str, service: str, path: str) -> str:
        """Read a page as a browser is sent it."""
        headers = {"Authorization": f"Bearer {self._token(who)}"}
        return self._clients[service].get(path, headers=headers).get_data(as_text=True)

    def all_of(self, who: str, service: str, path: str, **query: Any) -> list[Any]:
        """Read a list page by page to its end."""
        items: list[Any] = []
        following: dict[str, str] = {}
        while True:
            page = self.read(who, service, path, limit=500, **query, **following)
            items += page["items"]
            if not page["next"]:
                return items
            following = {"cursor": page["next"]}

    def close(self) -> None:
        """Close every database."""
        self._stage.close()

    def _token(self, who: str) -> str:
        if who not in self._tokens:
            issued = self._stage.identity.issue_token(f"{who}@demo.example", PASSWORD)
            self._tokens[who] = issued.secret
        return self._tokens[who]


def _settings(folder: Path) -> Settings:
    urls = {
        name: f"sqlite:///{folder / f'{name}.sqlite3'}"
        for name in (*SERVICES, "identity")
    }
    return replace(Settings.read(data=folder), database_urls=urls)
