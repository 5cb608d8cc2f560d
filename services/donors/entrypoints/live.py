"""Open dashboards: woken when their donor's numbers change, on whatever copy.

One copy of the service consumes a message, but dashboards hang on all copies: so
every copy watches the counters of changes in the database, while somebody looks.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import date
from time import monotonic, sleep

import structlog
from flask import Response

from services.donors.domain.version import CHANGED, Versions
from services.donors.wiring import Donors
from shared.web.streams import StreamEvent, Streams, event_stream

WAKE_SECONDS_MIN = 0.25
"""Between two changes of one dashboard: at most four a second."""

LOOK_SECONDS_MIN = 0.02
"""Between two looks at the counters: commits close together cost one look."""

LOOK_SECONDS_MAX = 0.25
"""Another copy's commit is noticed after this long."""

log = structlog.get_logger()


def topic_of(donor_code: str) -> str:
    """Name what a donor's open pages listen to."""
    return f"donor:{donor_code}"


class Dashboards:
    """Every open dashboard of this process; make one a process.

    The watching thread lives only while a page is open.
    """

    def __init__(
        self,
        app: Donors,
        streams: Streams,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._queries = app.queries
        self._streams = streams
        self._seconds = seconds
        self._committed = threading.Event()
        self._looking = threading.Lock()
        self._is_watching = False
        self._seen = Versions(date.min)
        self._woken_at: dict[str, float] = {}
        self._owed: set[str] = set()
        app.database.on_commit(self._committed.set, CHANGED)

    def stream(
        self, donor_code: str, produce: Callable[[], Iterable[StreamEvent]]
    ) -> Response:
        """Answer with a stream that tells what ``produce`` gives after each change."""
        response = event_stream(self._streams, [topic_of(donor_code)], produce)
        try:
            self._begin_watching()
        except Exception:  # a page that was not answered is not open
            response.close()
            raise
        return response

    def version_of(self, donor_code: str) -> str:
        """Name what an open page should show, as of the last look.

        Pages ask here when they are woken: the database was asked once for all.
        """
        return self._seen.of(donor_code)

    def look(self) -> None:
        """Wake the pages of every donor whose numbers changed since the last look.

        A donor woken just now is woken again when it is due. A new day in Almaty
        wakes all: delayed goods change at midnight.
        """
        with self._looking:
            self._look()

    def _look(self) -> None:
        before, self._seen = self._seen, self._queries.versions()
        if self._seen.day != before.day:
            self._streams.wake()
            return
        self._owed |= self._seen.changed_since(before)
        now = self._seconds()
        due = {code for code in self._owed if self._is_due(code, now)}
        if due:
            self._owed -= due
            self._woken_at.update(dict.fromkeys(due, now))
            self._streams.wake(*map(topic_of, due))

    def _is_due(self, code: str, now: float) -> bool:
        return now - self._woken_at.get(code, -WAKE_SECONDS_MIN) >= WAKE_SECONDS_MIN

    def _begin_watching(self) -> None:
        """Remember the present before the page reads it, so that no change is lost.

        ``produce`` runs when the answer is sent, so after this. A database that fails
        leaves nobody watching, so that the next page begins.
        """
        with self._looking:
            if self._is_watching:
                self._look()
                return
            self._seen = self._queries.versions()
            self._is_watching = True
        threading.Thread(target=self._watch, name="dashboards", daemon=True).start()

    def _watch(self) -> None:
        while self._is_wanted():
            self._committed.wait(LOOK_SECONDS_MIN if self._owed else LOOK_SECONDS_MAX)
            self._committed.clear()
            try:
                self.look()
            except Exception:  # the next look may find the database back
                log.warning("dashboards_not_looked_at", exc_info=True)
            sleep(LOOK_SECONDS_MIN)

    def _is_wanted(self) -> bool:
        with self._looking:
            self._is_watching = len(self._streams) > 0
            return self._is_watching
