"""Two machines on one cable, as in a store room: a computer and a phone.

Each is a network namespace held open by a sleeping process, so both are gone when
the test run is, however it ended. Nothing outside them is touched.
"""

import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.support.processes import OwnProcess
from tests.support.programs import private_folder
from tests.support.waiting import wait_until

COMPUTER, PHONE = "10.77.1.1", "10.77.1.2"
FOREVER = "infinity"


class Machine:
    """One network of its own; what it runs sees nothing else."""

    def __init__(self) -> None:
        self._folder = private_folder("net")
        self._holder = OwnProcess(
            ["unshare", "--net", "sleep", FOREVER], folder=self._folder
        )
        own = Path("/proc/self/ns/net").readlink()
        place = Path(f"/proc/{self._holder.pid}/ns/net")
        wait_until(lambda: place.readlink() != own, what="a network of its own")

    @property
    def pid(self) -> int:
        """The process that holds the network open."""
        return self._holder.pid

    def command(self, *words: str) -> list[str]:
        """Give the words that run a program in this network."""
        return ["nsenter", f"--net=/proc/{self.pid}/ns/net", "--", *words]

    def run(self, *words: str) -> str:
        """Run a program to its end; give what it printed."""
        done = subprocess.run(
            self.command(*words), check=True, capture_output=True, text=True
        )
        return done.stdout

    def take(self, address: str) -> None:
        """Get a further address on the cable."""
        self.run("ip", "address", "add", f"{address}/24", "dev", "cable")

    def end(self) -> None:
        """Let the network go, with the cable's end in it."""
        self._holder.end(signal.SIGKILL)
        shutil.rmtree(self._folder)


class StoreRoom:
    """The computer and the phone, with a cable between them."""

    def __init__(self) -> None:
        self.computer, self.phone = Machine(), Machine()
        ends = [(self.computer, COMPUTER), (self.phone, PHONE)]
        here, there = (str(machine.pid) for machine, _ in ends)
        _ip("link", "add", "cable", "netns", here, "type", "veth", "peer", *_end(there))
        for machine, address in ends:
            machine.take(address)
            for link in ("lo", "cable"):
                machine.run("ip", "link", "set", link, "up")

    def end(self) -> None:
        """Take it all down."""
        self.computer.end()
        self.phone.end()


def _end(pid: str) -> Sequence[str]:
    return ("name", "cable", "netns", pid)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
