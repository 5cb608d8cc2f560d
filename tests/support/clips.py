"""Clips that a browser's fake camera plays instead of the world."""

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

PICTURE = (1280, 720)
TABLE = "#8d8f88"
FRAMES_A_SECOND = 30  # Chromium takes every MJPEG clip for that


def clip_of(labels: Iterable[Image.Image | None], path: Path, seconds: float) -> Path:
    """Write an MJPEG that shows each label as long, lying askew on a table.

    None is the bare table. The clip starts again at its end.
    """
    with path.open("wb") as clip:
        for label in labels:
            clip.write(_frame(label) * round(seconds * FRAMES_A_SECOND))
    return path


def _frame(label: Image.Image | None) -> bytes:
    scene = Image.new("RGB", PICTURE, TABLE)
    if label is not None:
        shown = label.convert("RGB").rotate(7, expand=True, fillcolor=TABLE)
        shown.thumbnail((PICTURE[0] * 2 // 3, PICTURE[1] * 2 // 3))
        middle = [
            (whole - part) // 2 for whole, part in zip(PICTURE, shown.size, strict=True)
        ]
        scene.paste(shown, (middle[0], middle[1]))
    written = io.BytesIO()
    scene.save(written, "JPEG", quality=80)
    return written.getvalue()
