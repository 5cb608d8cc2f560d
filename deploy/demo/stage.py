"""The stage a story is played on: real services, a clock that is set, no broker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import event

from deploy.demo.people import PEOPLE
from deploy.settings import SERVICES, Settings
from deploy.sites import build_site
from deploy.suite import World, build_services
from shared.database.database import Database
from shared.identity.identity import Identity
from shared.kernel.clock import FrozenClock, SystemClock
from shared.kernel.identity import SeededIdSource
from shared.messaging.journal import StoredEnvelope
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts

SETTLED = timedelta(seconds=1)
STEP = timedelta(seconds=20)
"""How long a person takes for one step, so that no two happen at once."""

ROUNDS_MAX = 50


class Stage:
    """Three services in this process, at the instant the story has reached."""

    def __init__(self, settings: Settings, begins_at: datetime, seed: int) -> None:
        self.clock = FrozenClock(begins_at)
        self.ids = SeededIdSource(self.clock, seed)
        world = World.of(self.clock, self.ids)
        settings.prepare_data()
        self._accounts = Database(settings.database_urls["identity"])
        self.identity = Identity(self._accounts, SystemClock(), self.ids)
        self.identity.ensure_schema()
        self.services = build_services(SERVICES, settings, world)
        parts = WebParts(
            identity=self.identity,
            clock=self.clock,
            ids=self.ids,
            metrics=HttpMetrics(world.registry),
        )
        self.apps: dict[str, Flask] = {
            name: build_site(name, service, parts)
            for name, service in self.services.items()
        }
        self._people: dict[str, Person] = {}
        self._delivered: list[int] = []

    def hurry(self) -> None:
        """Do not wait for the disk: a story that was broken off begins again."""
        for service in self.services.values():
            if service.database.is_sqlite:
                event.listen(service.database.engine, "connect", _do_not_sync)
                service.database.close()

    def sign_in_everybody(self, password: str) -> None:
        """Let every account of the example make requests, until ``close``."""
        for each in PEOPLE:
            email = each.profile.email
            token = self.identity.issue_token(email, password).secret
            self._people[email.partition("@")[0]] = Person(self, token)

    def person(self, name: str) -> "Person":
        """Give the person who is called so before the @ of the account."""
        return self._people[name]

    def reach(self, instant: datetime) -> None:
        """Let time pass; all that was said before has been heard by then.

        Raises RefusedStepError when the story would go back in time.
        """
        if instant <= self.clock.now():
            raise RefusedStepError(f"{instant} is before {self.clock.now()}.")
        self.deliver()
        self.clock.set(instant)
        for service in self.services.values():
            service.station.inbox.retry_due()

    def step(self) -> datetime:
        """Give the instant of a person's next step."""
        self.clock.advance(seconds=STEP.total_seconds())
        return self.clock.now()

    def deliver(self) -> None:
        """Bring everything that was said to everybody who listens."""
        for _ in range(ROUNDS_MAX):
            said = [self._said_by(name) for name in SERVICES]
            if said == self._delivered:
                return
            for name in SERVICES:
                self._heal(name)
            self._delivered = said
        raise RuntimeError("The services never stop talking to each other.")

    def settle(self) -> None:
        """Deliver, then mark all of it as published: nobody else listens here."""
        self.services["distribution"].publish_needs()
        self.deliver()
        for service in self.services.values():
            while service.station.relay.publish_batch(Silence()):
                continue

    def close(self) -> None:
        """Sign everybody out and close every database."""
        for person in self._people.values():
            self.identity.sign_out(person.token)
        for service in self.services.values():
            service.database.close()
        self._accounts.close()

    def _said_by(self, name: str) -> int:
        """Count what a service has said; nothing is published before the end."""
        station = self.services[name].station
        with station.database.reading() as connection:
            count: int = station.journal.unpublished(connection)[0]
        return count

    def _heal(self, name: str) -> None:
        station = self.services[name].station
        for source in station.sources:
            station.healer.heal(source, partial(self._ask, source))
        station.inbox.retry_due()

    def _ask(
        self, source: str, position: int, types: Sequence[str], limit: int
    ) -> list[StoredEnvelope]:
        station = self.services[source].station
        with station.database.reading() as connection:
            return list(
                station.journal.after(
                    connection,
                    position,
                    types=types,
                    recorded_before=self.clock.now() + SETTLED,
                    limit=limit,
                )
            )


class Silence:
    """A publisher to nobody, for messages that were delivered by hand."""

    def publish(self, source: str, stored: StoredEnvelope) -> None:
        """Do nothing: every listener has it."""


class RefusedStepError(Exception):
    """A step of the story was refused, so the story is not the one that is told."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role, who makes requests."""

    stage: Stage
    token: str

    def get(self, service: str, path: str, **query: Any) -> Any:
        """Read something."""
        return self._send(service, "GET", path, query_string=query)

    def post(self, service: str, path: str, body: dict[str, Any]) -> Any:
        """Do something; others hear of it when the stage delivers."""
        return self._send(service, "POST", path, json=body)

    def put(self, service: str, path: str, body: dict[str, Any]) -> Any:
        """Replace something."""
        return self._send(service, "PUT", path, json=body)

    def patch(self, service: str, path: str, body: dict[str, Any]) -> Any:
        """Change a part of something."""
        return self._send(service, "PATCH", path, json=body)

    def new_id(self) -> str:
        """Make the id a client makes before it sends anything."""
        return str(self.stage.ids.new_id())

    def _send(self, service: str, method: str, path: str, **options: Any) -> Any:
        """Send one request; raise RefusedStepError with the problem's own words."""
        self.stage.step()
        response = (
            self.stage.apps[service]
            .test_client()
            .open(
                f"/api/v1{path}",
                method=method,
                headers={"Authorization": f"Bearer {self.token}"},
                **options,
            )
        )
        if response.status_code >= 400:  # noqa: PLR2004  refusals begin here (RFC 9110)
            raise RefusedStepError(
                f"{method} {service} {path}: {response.status_code} "
                f"{response.get_data(as_text=True)[:500]}"
            )
        return response.get_json()


def _do_not_sync(raw: Any, _: object) -> None:
    raw.execute("PRAGMA synchronous=OFF")
