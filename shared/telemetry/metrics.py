"""The metrics every service has; each is defined once for the whole process."""

from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class MessagingMetrics:
    """Counts what is said and heard, labelled by service."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.published = Counter(
            "messaging_messages_published_total",
            "Messages the broker confirmed.",
            ["service", "message_type"],
            registry=registry,
        )
        self.consumed = Counter(
            "messaging_messages_consumed_total",
            "Messages by how they ended: handled, duplicate, retried or parked.",
            ["service", "message_type", "outcome"],
            registry=registry,
        )
        self.handler_seconds = Histogram(
            "messaging_handler_duration_seconds",
            "How long one message took to take effect.",
            ["service", "message_type"],
            registry=registry,
        )
        self.unpublished = Gauge(
            "messaging_outbox_unpublished_messages",
            "Messages that are committed and not yet confirmed by the broker.",
            ["service"],
            registry=registry,
        )
        self.oldest_unpublished = Gauge(
            "messaging_outbox_oldest_unpublished_timestamp_seconds",
            "When the oldest unpublished message was recorded; 0 when there is none.",
            ["service"],
            registry=registry,
        )
        self.parked = Gauge(
            "messaging_parked_messages",
            "Messages that were given up on and wait for a person.",
            ["service"],
            registry=registry,
        )


def tell_build(registry: CollectorRegistry, service: str, commit: str) -> None:
    """Say once, in the metrics, which version of a service is running."""
    Gauge(
        "build_info",
        "What is running; always 1.",
        ["service", "version", "commit"],
        registry=registry,
    ).labels(service, version("komek"), commit).set(1)
