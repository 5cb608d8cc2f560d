"""What donors counts for its operators; each metric is made once a process."""

from prometheus_client import CollectorRegistry, Counter
from sqlalchemy import Connection, event


class DonorsMetrics:
    """Counts facts as they are committed."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.pledges = Counter(
            "donors_pledges_total",
            "Pledges that were made, by what was promised: goods in kind.",
            ["kind"],
            registry=registry,
        )
        self.pledges.labels("in_kind")

    def count_pledge_when_committed(self, connection: Connection) -> None:
        """Count one pledge if, and only if, this transaction commits."""

        @event.listens_for(connection, "commit", once=True)
        def count(_connection: Connection) -> None:
            self.pledges.labels("in_kind").inc()
