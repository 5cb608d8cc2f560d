"""`komek up --host 0.0.0.0` on the computer of a store room, as phones reach it."""

import os
import signal
import sys
from pathlib import Path

from tests.support.processes import OwnProcess
from tests.support.store_room import COMPUTER, StoreRoom
from tests.support.suite import ROOT
from tests.support.waiting import wait_until

PORT = 8443
PLAIN = f"http://{COMPUTER}:{PORT + 1}"
SECURE = f"https://{COMPUTER}:{PORT}"
START_SECONDS_MAX = 120


class LanSuite:
    """The suite in the computer's network; the phone's programs call it."""

    def __init__(self, room: StoreRoom, folder: Path) -> None:
        self.data = folder / "data"
        self._room = room
        self._folder = folder
        self._process: OwnProcess | None = None

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return (self._folder / "output").read_text(errors="replace")

    def start(self) -> None:
        """Start it and return when it says that it is ready."""
        words = ("-m", "deploy", "up", "--data", str(self.data))
        where = ("--host", "0.0.0.0", "--port", str(PORT))  # noqa: S104  its own network
        self._process = OwnProcess(
            self._room.computer.command(sys.executable, *words, *where),
            folder=self._folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        )
        wait_until(
            self._is_ready_or_gone, what="komek up", seconds_max=START_SECONDS_MAX
        )
        assert "Ready on" in self.output, self.output[-4_000:]

    def terminate(self) -> int:
        """Ask it to end; give its exit code."""
        assert self._process is not None
        return self._process.end(signal.SIGTERM)

    def fetch(self, program: str, *arguments: str) -> str:
        """Run a short Python program on the phone; give what it printed."""
        return self._room.phone.run(sys.executable, "-c", program, *arguments).strip()

    def _is_ready_or_gone(self) -> bool:
        is_gone = self._process is None or not self._process.is_running()
        return is_gone or "A new phone" in self.output
