"""Open dashboards: woken when their donor's numbers change, on whatever copy.

One copy of the service consumes a message, but dashboards hang on all copies: so
every copy watches the counters of changes in the database, while somebody looks.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import structlog
from flask import Response

from services.donors.wiring import Donors
from shared.web.streams import StreamEvent, Streams, event_stream

LOOK_SECONDS_MIN = 0.25
"""Between two looks: an open dashboard changes at most four times a second."""


log = structlog.get_logger()


def topic_of(donor_code: str) -> str:
    """Name what a donor's open pages listen to."""
    return f"donor:{donor_code}"


class Dashboards:
    """Every open dashboard of this process; make one a process.

    The watching thread lives only while a page is open.
    """

    def __init__(self, app: Donors, streams: Streams) -> None:
        self._queries = app.queries
        self._streams = streams
        self._committed = threading.Event()
        self._turn = threading.Lock()
        self._is_watching = False
        self._seen: tuple[date, Mapping[str, int]] = (date.min, {})
        app.database.on_commit(self._committed.set)

    def stream(
        self, donor_code: str, produce: Callable[[], Iterable[StreamEvent]]
    ) -> Response:
        """Answer with a stream that tells what ``produce`` gives after each change."""
        response = event_stream(self._streams, [topic_of(donor_code)], produce)
        self._begin_watching()
        return response

    def look(self) -> None:
        """Wake the pages of every donor whose numbers changed since the last look.

        A new day in Almaty wakes all: delayed goods change at midnight.
        """
        today, versions = self._queries.versions()
        day, before = self._seen
        self._seen = today, versions
        if today != day:
            self._streams.wake()
            return
        changed = [code for code in versions if versions[code] != before.get(code)]
        if changed:
            self._streams.wake(*map(topic_of, changed))

    def _begin_watching(self) -> None:
        """Remember the present before the page reads it, so that no change is lost.

        ``produce`` runs when the answer is sent, so after this.
        """
        with self._turn:
            if self._is_watching:
                return
            self._is_watching = True
            self._seen = self._queries.versions()
        threading.Thread(target=self._watch, name="dashboards", daemon=True).start()

    def _watch(self) -> None:
        while self._is_wanted():
            self._committed.wait(LOOK_SECONDS_MIN)
            self._committed.clear()
            try:
                self.look()
            except Exception:  # the next look may find the database back
                log.warning("dashboards_not_looked_at", exc_info=True)
            time.sleep(LOOK_SECONDS_MIN)

    def _is_wanted(self) -> bool:
        with self._turn:
            self._is_watching = len(self._streams) > 0
            return self._is_watching
