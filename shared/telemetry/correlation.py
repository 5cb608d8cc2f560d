"""One id from a scan to the dashboard it changes.

The web layer opens a trace for each request, the consumer for each message; what
is announced or logged meanwhile carries it along.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import structlog


@dataclass(frozen=True, slots=True)
class Trace:
    """Which journey this is part of, and what came just before."""

    correlation_id: str
    causation_id: str | None = None


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current_trace() -> Trace | None:
    """Give the trace of the request or message being handled, if any."""
    return _current.get()


@contextmanager
def tracing(trace: Trace) -> Iterator[None]:
    """Carry a trace through everything done inside."""
    token = _current.set(trace)
    try:
        with structlog.contextvars.bound_contextvars(
            correlation_id=trace.correlation_id, causation_id=trace.causation_id
        ):
            yield
    finally:
        _current.reset(token)
