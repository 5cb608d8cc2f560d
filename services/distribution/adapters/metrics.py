"""What distribution counts; each metric is defined once for the process."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter


class DistributionMetrics:
    """Counts documents and lines, never units of everything together."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._counters = {
            "requisition": Counter(
                "distribution_requisitions_total",
                "Requisitions by the state they reached.",
                ["outcome"],
                registry=registry,
            ),
            "discrepancy": Counter(
                "distribution_handover_discrepancies_total",
                "Handover lines that were not accepted whole, by kind.",
                ["kind"],
                registry=registry,
            ),
        }

    def count(self, events: Iterable[tuple[str, str]]) -> None:
        """Add what one committed work has noted."""
        for event, label in events:
            self._counters[event].labels(label).inc()
