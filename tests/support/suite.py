"""The real embedded process, as `make run` starts it, for tests to use and to kill."""

import http.client
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tests.support.processes import OwnProcess
from tests.support.programs import free_port
from tests.support.waiting import wait_until

ROOT = Path(__file__).parents[2]
PASSWORD = "correct-horse-battery"
SERVICES = ("inventory", "distribution", "donors")
ANSWER_SECONDS_MAX = 30
START_SECONDS_MAX = 240


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its status, its headers and its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body, read as JSON."""
        return json.loads(self.body)


class Suite:
    """`komek up` in a folder and on a port of its own; data survives a restart.

    With `service` it is `komek serve` of that one service, as in production.
    """

    def __init__(
        self,
        folder: Path,
        *,
        settings: dict[str, str] | None = None,
        service: str | None = None,
    ) -> None:
        self.folder = folder
        self._services = SERVICES if service is None else (service,)
        data = ("--data", str(folder / "data"))
        self._command = ("up", *data) if service is None else ("serve", service)
        self.port = free_port()
        self._settings = settings or {}
        self._process: OwnProcess | None = None
        self._tokens: dict[str, str] = {}

    @property
    def url(self) -> str:
        """The address a browser would be given."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self._process is not None, "the suite is not running"
        return self._process.pid

    @property
    def output(self) -> str:
        """Everything all starts so far have printed."""
        return (self.folder / "output").read_text(errors="replace")

    def start(self, *options: str) -> None:
        """Start with `komek up` options such as `--demo`; return when ready."""
        self._process = OwnProcess(
            [
                *(sys.executable, "-m", "deploy", *self._command),
                *("--port", str(self.port), *options),
            ],
            folder=self.folder,
            env=self._environment(),
        )
        try:
            wait_until(
                self._is_ready_or_gone, what="komek up", seconds_max=START_SECONDS_MAX
            )
        finally:
            if not self._is_ready():
                self.kill()
                sys.stderr.write(self.output[-4_000:])
        assert self._process is not None, "komek up did not become ready"

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def terminate(self) -> int:
        """Ask it to end, wait until it has, and return its exit code."""
        return self._end(signal.SIGTERM)

    def restart(self) -> None:
        """Kill it and start it again on the same data and port."""
        self.kill()
        self.start()

    def komek(
        self, *arguments: str, entered: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run another `komek` command beside the suite, on the same settings."""
        return subprocess.run(
            [sys.executable, "-m", "deploy", *arguments],
            input=entered,
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def request(
        self, method: str, path: str, body: Any = None, *, role: str | None = None
    ) -> Answer:
        """Send one request, JSON in, as a demo account or as nobody.

        Raises OSError or http.client.HTTPException when no answer came: then it is
        unknown whether the request took effect.
        """
        headers = {"Content-Type": "application/json"}
        if role is not None:
            headers["Authorization"] = f"Bearer {self._token(role)}"
        line = http.client.HTTPConnection("127.0.0.1", self.port, ANSWER_SECONDS_MAX)
        try:
            content = None if body is None else json.dumps(body)
            line.request(method, path, content, headers)
            answer = line.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            line.close()

    def _token(self, role: str) -> str:
        if role not in self._tokens:
            credentials = {"email": f"{role}@demo.example", "password": PASSWORD}
            answer = self.request("POST", "/account/api/v1/tokens", credentials)
            self._tokens[role] = answer.json()["access_token"]
        return self._tokens[role]

    def _environment(self) -> dict[str, str]:
        kept = {k: os.environ[k] for k in ("PATH", "LANG", "HOME") if k in os.environ}
        ours = {"PYTHONPATH": str(ROOT), "KOMEK_DEMO_PASSWORD": PASSWORD}
        return kept | ours | self._settings

    def _is_ready_or_gone(self) -> bool:
        is_gone = self._process is None or not self._process.is_running()
        return is_gone or self._is_ready()

    def _is_ready(self) -> bool:
        try:
            paths = (f"/{service}/readyz" for service in self._services)
            return all(self.request("GET", p).status == HTTPStatus.OK for p in paths)
        except (OSError, http.client.HTTPException):
            return False

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        code = self._process.end(how)
        self._process = None
        return code
