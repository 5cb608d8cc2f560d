"""Pictures, opened where they can hurt nobody: in a child process."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Semaphore
from typing import Any

from shared.documents.picture_errors import NoCodeFoundError, NotAPhotoError

ROOT = Path(__file__).parents[2]
WORKER = "shared.documents.picture_worker"
WRONG_PICTURE = 3
"""How the worker ends when a picture cannot be opened, or is too large."""

SECONDS_MAX = 30
AT_ONCE_MAX = 2

_turns = Semaphore(AT_ONCE_MAX)


def jpeg_of(picture: bytes) -> bytes:
    """Draw a picture anew as a small JPEG without metadata; raises NotAPhotoError."""
    return _worked("jpeg", picture)


def codes_in(picture: bytes) -> list[dict[str, Any]]:
    """Read the codes of a picture; raises NotAPhotoError and NoCodeFoundError."""
    found: list[dict[str, Any]] = json.loads(_worked("codes", picture))
    if not found:
        raise NoCodeFoundError
    return found


def _worked(task: str, picture: bytes) -> bytes:
    """Let other green threads run meanwhile; a worker that is killed was hurt."""
    with _turns:
        done = subprocess.run(  # noqa: S603  only the picture comes from outside
            [sys.executable, "-m", WORKER, task],
            input=picture,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            check=False,
            timeout=SECONDS_MAX,
        )
    if done.returncode == WRONG_PICTURE or done.returncode < 0:
        raise NotAPhotoError
    done.check_returncode()
    return done.stdout
