"""A nameko container that always stops.

eventlet's ``GreenPool.waitall`` can hang for ever when spawners are queued on the
pool at the moment it is called; ours looks instead of waiting on an event.
"""

from typing import Any

from eventlet import sleep
from eventlet.greenpool import GreenPool
from nameko.containers import ServiceContainer

LOOK_SECONDS = 0.02


class PatientPool(GreenPool):
    """A pool whose ``waitall`` cannot miss the last worker."""

    def waitall(self) -> None:
        """Return when nothing runs and nothing waits to run."""
        while self.running() or self.waiting():
            sleep(LOOK_SECONDS)


class SafeContainer(ServiceContainer):
    """nameko's container with the patient pool, which says when it is stopping."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._worker_pool = PatientPool(size=self.max_workers)
        self.is_stopping = False

    def stop(self) -> None:
        """Stop gracefully; whoever waits for another service gives up."""
        self.is_stopping = True
        super().stop()
