"""Server-sent events for pages that are open while things change.

A stream says nothing by itself: it waits to be woken, then asks the page's own
function for what is true now. So a lost wake costs freshness, never truth, and it
does not matter which copy of a service consumed the message.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import Response, request, stream_with_context

from shared.kernel.errors import DomainError
from shared.web.auth import is_still_allowed

HEARTBEAT_SECONDS = 15.0
STREAMS_MAX = 2_000
RETRY_MILLISECONDS = 2_000
ENCODED_MAX = 256


class TooManyStreamsError(DomainError):
    """As many pages are open at this copy as it can hold."""

    code = "too_many_streams"
    transient = True


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """What an open page is told; ``data`` may have many lines."""

    data: str
    name: str = "message"
    event_id: str | None = None

    def encoded(self) -> str:
        """Write the event as its lines on the wire; once for many pages."""
        return _encoded(self)


@lru_cache(maxsize=ENCODED_MAX)
def _encoded(event: StreamEvent) -> str:
    head = [] if event.event_id is None else [f"id: {event.event_id}"]
    lines = [f"data: {line}" for line in event.data.splitlines() or [""]]
    return "\n".join([*head, f"event: {event.name}", *lines, "", ""])


class Stream:
    """One open page and the topics that wake it."""

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.is_closed = False
        self._woken = threading.Event()

    def wake(self) -> None:
        """Make the next or present wait end; many wakes before it count as one."""
        self._woken.set()

    def close(self) -> None:
        """End the stream at its next breath."""
        self.is_closed = True
        self._woken.set()

    def wait(self, seconds: float) -> bool:
        """Wait until woken; False when only time has passed."""
        is_woken = self._woken.wait(seconds)
        self._woken.clear()
        return is_woken


class Streams:
    """The open pages of this process; make one a process."""

    def __init__(self, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> None:
        self.heartbeat_seconds = heartbeat_seconds
        self._open: set[Stream] = set()
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._open)

    def open(self, topics: Iterable[str]) -> Stream:
        """Register a page; raises TooManyStreamsError at the limit or at stop."""
        if self._is_closed or len(self._open) >= STREAMS_MAX:
            raise TooManyStreamsError(
                "Too many pages are open here. Reload this page in a minute."
            )
        stream = Stream(frozenset(topics))
        self._open.add(stream)
        return stream

    def forget(self, stream: Stream) -> None:
        """Drop a page that has gone."""
        self._open.discard(stream)

    def wake(self, *topics: str) -> None:
        """Wake the pages of these topics; all pages when none is named."""
        for stream in list(self._open):
            if not topics or not stream.topics.isdisjoint(topics):
                stream.wake()

    def close(self) -> None:
        """End every stream and open none again: the process is stopping."""
        self._is_closed = True
        for stream in list(self._open):
            stream.close()


def event_stream(
    streams: Streams,
    topics: Iterable[str],
    produce: Callable[[], Iterable[StreamEvent]],
) -> Response:
    """Answer with a stream that tells what ``produce`` gives, now and when woken.

    ``produce`` runs inside the request, so ``_()``, ``url_for`` and
    ``current_principal()`` work. The stream ends when the account is disabled or
    signs out, and when the process stops; the browser then connects again.
    """
    stream = streams.open(topics)
    # eventlet gathers 4 KiB before it sends, unless told otherwise
    request.environ["eventlet.minimum_write_chunk_size"] = 0
    lines = stream_with_context(_lines(streams, stream, produce))
    response = Response(lines, mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(lambda: streams.forget(stream))
    return response


def _lines(
    streams: Streams, stream: Stream, produce: Callable[[], Iterable[StreamEvent]]
) -> Iterator[str]:
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    is_woken = True
    while not stream.is_closed and is_still_allowed():
        yield "".join(one.encoded() for one in produce()) if is_woken else ": here\n\n"
        is_woken = stream.wait(streams.heartbeat_seconds)
