"""Processes of a test's own that end with it, even when the test run is killed."""

import contextlib
import os
import pwd
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any

STOP_SECONDS_MAX = 60

# Its standard input is a pipe from the test run: it reads the end of it when the
# run is gone, however that happened.
GUARD = 'read -r _; kill -s KILL -- "-$1" 2>/dev/null; sleep 1; rm -rf -- "$2"'


class OwnProcess:
    """A program in a session of its own, writing to a file in its folder.

    A run that is killed takes the folder with it, so it must be a temporary one.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path,
        env: dict[str, str] | None = None,
        user: pwd.struct_passwd | None = None,
    ) -> None:
        assert Path(gettempdir()).resolve() in folder.resolve().parents, folder
        with (folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **identity(user),
            )
        self._guard = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", str(self._process.pid), str(folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The number of the process, for reading its memory and CPU time."""
        return self._process.pid

    def is_running(self) -> bool:
        """Say whether it has not ended yet."""
        return self._process.poll() is None

    def end(self, how: signal.Signals) -> int:
        """Signal the process and its children, wait, and return its exit code."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        code = self._process.wait(STOP_SECONDS_MAX)
        self._guard.kill()
        self._guard.communicate()
        return code


def identity(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Return what `subprocess` needs to become that user."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
