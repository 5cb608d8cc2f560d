"""Donors put together: the only place that knows all of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection

from services.donors.adapters import verification
from services.donors.adapters.address_desk import AddressDesk
from services.donors.adapters.built import built_from_messages, wake_all
from services.donors.adapters.correspondence import tokens
from services.donors.adapters.giving_reads import GivingQueries
from services.donors.adapters.mail_desk import MailDesk
from services.donors.adapters.metrics import DonorsMetrics
from services.donors.adapters.paper_reads import PaperQueries
from services.donors.adapters.pledge_reads import PledgeQueries
from services.donors.adapters.queries import Queries
from services.donors.adapters.receipt_codes import receipt_codes
from services.donors.adapters.snapshot_queries import SnapshotQueries
from services.donors.adapters.tables import COMMANDS, MESSAGING
from services.donors.adapters.visits import Visits
from services.donors.adapters.webhooks import WebhookDesk
from services.donors.adapters.work import DonorsWork
from services.donors.application.hearings import HEARINGS
from services.donors.settings import Settings
from shared.messaging.application import Application
from shared.messaging.journal import Journal
from shared.messaging.replaying import Replayed, replay
from shared.messaging.station import Station, Surroundings

SERVICE = "donors"


class Donors(Application[DonorsWork]):
    """The donors service as its entrypoints see it."""

    def __init__(
        self, surroundings: Surroundings, metrics: DonorsMetrics, settings: Settings
    ) -> None:
        def work(connection: Connection, journal: Journal) -> DonorsWork:
            now = surroundings.clock.now()
            return DonorsWork(connection, journal, now=now, metrics=metrics)

        super().__init__(
            SERVICE,
            surroundings,
            messaging=MESSAGING,
            commands=COMMANDS,
            work=work,
            hearings=HEARINGS,
        )
        database, clock = surroundings.database, surroundings.clock
        self.webhooks = WebhookDesk(
            database,
            clock,
            surroundings.ids,
            may_be_private=settings.webhooks_may_be_private,
        )
        self.visits = Visits(surroundings.database)
        self.queries = Queries(database, clock)
        self.giving = GivingQueries(database, clock)
        self.papers = PaperQueries(database, clock)
        self.pledges = PledgeQueries(database, clock)
        self.receipt_codes = receipt_codes(database)
        self.public_url = settings.public_url
        link_base = settings.public_url if settings.mail else None
        self.addresses = AddressDesk(database, clock, link_base)
        self.letters = MailDesk(
            database,
            clock,
            tokens(database, settings.letter_key),
            mail=settings.mail,
            public_url=settings.public_url,
        )
        self.snapshots = SnapshotQueries(surroundings.database, surroundings.clock)

    def replay(self, sources: Sequence[Station], since: date | None) -> Replayed:
        """Build everything that was heard again; what was entered stays.

        Raises OlderMessagesError when ``since`` leaves messages out.
        """
        built = built_from_messages()
        replayed = replay(self.station, built, sources, clock=self.clock, since=since)
        with self.database.writing() as connection:
            wake_all(connection)
        return replayed

    def verify(self) -> list[dict[str, Any]]:
        """Prove the numbers from the rows; ``komek verify`` asks for it."""
        return verification.verify(self.database)


def build(
    surroundings: Surroundings,
    registry: CollectorRegistry,
    settings: Settings | None = None,
) -> Donors:
    """Build the service; its metrics are added to the process's registry.

    Settings come from the environment unless they are given.
    """
    chosen = settings or Settings.from_environment()
    return Donors(surroundings, DonorsMetrics(registry), chosen)
