"""The system's Chromium, as Playwright should start it."""

import os
from typing import Any

from tests.support.programs import chromium_program


def launch_options() -> dict[str, Any]:
    """Return arguments for Playwright's `chromium.launch()`.

    Chromium refuses its sandbox to root, and containers give it a small /dev/shm.
    """
    program = chromium_program()
    assert program is not None, "Chromium is not installed"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        "executable_path": program,
        "args": [*sandbox, "--disable-dev-shm-usage", "--disable-gpu"],
    }
