"""Makes a document of a template and facts, where it cannot hold up anybody.

Typst works in a child process: a table of hundreds of lines takes a good part of
a second, and green threads share one real one. A child is also killed when a
document takes too long.
"""

import json
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).parents[2]
"""Templates may import by path from here: ``/shared/documents/paper.typ``."""

WORKER = "shared.documents.worker"
SECONDS_MAX = 60
PIXELS_PER_INCH = 110.0
"""Enough to read a preview on a screen."""


def render(template: Path, facts: Mapping[str, Any], language: str) -> bytes:
    """Give a PDF; the same facts give the same bytes.

    *facts* are JSON-ready and already in the words of *language*, which decides
    about quotes and word breaks, and tells screen readers how to read.
    """
    return _made("pdf", template, facts, language)[0]


def pictures(
    template: Path,
    facts: Mapping[str, Any],
    language: str,
    pixels_per_inch: float = PIXELS_PER_INCH,
) -> Sequence[bytes]:
    """Give every page as a PNG."""
    return _made("png", template, facts, language, pixels_per_inch)


def _made(
    kind: Literal["pdf", "png"],
    template: Path,
    facts: Mapping[str, Any],
    language: str,
    pixels_per_inch: float = PIXELS_PER_INCH,
) -> Sequence[bytes]:
    order = {
        "kind": kind,
        "template": str(template),
        "facts": json.dumps(facts),
        "language": language,
        "pixels_per_inch": pixels_per_inch,
    }
    done = subprocess.run(  # noqa: S603  nothing of it comes from outside
        [sys.executable, "-m", WORKER],
        input=pickle.dumps(order),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
        timeout=SECONDS_MAX,
    )
    pages: Sequence[bytes] = pickle.loads(done.stdout)  # noqa: S301  from our child
    return pages
