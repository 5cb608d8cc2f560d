"""The child process of ``rendering``: an order on stdin, pages on stdout."""

import pickle
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typst

from shared.documents.rendering import ROOT


def make(order: Mapping[str, Any]) -> Sequence[bytes]:
    """Compile one document; a PDF is one item, pictures are one a page.

    Fonts come from the wheel alone, so a paper looks the same on every machine.
    Its Libertinus and DejaVu hold the letters of Kazakh.
    """
    compiler = typst.Compiler(
        order["template"], root=str(ROOT), ignore_system_fonts=True
    )
    made = compiler.compile(
        format=order["kind"],
        ppi=order["pixels_per_inch"],
        sys_inputs={"facts": order["facts"], "language": order["language"]},
    )
    return made if isinstance(made, list) else [made or b""]


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(make(pickle.load(sys.stdin.buffer))))  # noqa: S301  our parent's
