"""Reads one picture in a process of its own: ``picture_worker jpeg|codes``.

A picture comes from outside and may be made to hurt: too many points to unpack,
or a fault in a decoder. Here it can cost no more than this process. The picture
comes on stdin; ends with ``WRONG_PICTURE`` when it is none, or too large.
"""

import io
import json
import resource
import sys
from collections.abc import Callable

import zxingcpp
from PIL import (
    Image,
    ImageOps,
    WebPImagePlugin,  # noqa: F401  it makes itself known when imported
)

from shared.documents.pictures import WRONG_PICTURE

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
POINTS_MAX = 80_000_000
"""Telephones take up to 50 million; more is a picture made to hurt."""

SIDE_MAX = 1280
READ_SIDE_MAX = 3000
"""A label fills some third of a photograph: finer points help no decoder."""

QUALITY = 80
MEMORY_BYTES_MAX = 2_000_000_000
CPU_SECONDS_MAX = 20
FORMATS = zxingcpp.barcode_formats_from_str("EANUPC,Code128,DataMatrix,QRCode")
GS1_CARRIERS = frozenset({"]C1", "]d2", "]Q3"})


def jpeg_of(picture: bytes) -> bytes:
    """Draw a picture anew: small, upright, and without anything but its points."""
    opened = _opened(picture, SIDE_MAX)
    opened.thumbnail((SIDE_MAX, SIDE_MAX))
    clean = Image.new("RGB", opened.size, "white")
    with_mask = opened.convert("RGBA")
    clean.paste(with_mask, mask=with_mask)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def codes_in(picture: bytes) -> bytes:
    """Read every code, as a scanner would send it, into JSON.

    GS1 symbols keep their prefix: without it, an expiry date alone would pass for
    an EAN-8. Separators stay, because the text is taken plain.
    """
    opened = _opened(picture, READ_SIDE_MAX)
    opened.thumbnail((READ_SIDE_MAX, READ_SIDE_MAX))
    found = zxingcpp.read_barcodes(
        opened.convert("L"), formats=FORMATS, text_mode=zxingcpp.TextMode.Plain
    )
    codes = {
        (code.symbology_identifier, code.text): str(code.format)
        for code in found
        if code.valid
    }
    told = [
        {"raw": prefix + text if prefix in GS1_CARRIERS else text, "symbology": name}
        for (prefix, text), name in codes.items()
    ]
    return json.dumps(told).encode()


def _opened(picture: bytes, side: int) -> Image.Image:
    opened = Image.open(io.BytesIO(picture), formats=KINDS)
    if opened.width * opened.height > POINTS_MAX:
        raise ValueError(f"more than {POINTS_MAX} points")
    opened.draft("RGB", (side, side))
    return ImageOps.exif_transpose(opened)


TASKS: dict[str, Callable[[bytes], bytes]] = {"jpeg": jpeg_of, "codes": codes_in}


def main() -> int:
    """Do one task within its limits; the answer goes to stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_MAX, CPU_SECONDS_MAX))
    Image.MAX_IMAGE_PIXELS = POINTS_MAX
    task, picture = TASKS[sys.argv[1]], sys.stdin.buffer.read()
    try:
        sys.stdout.buffer.write(task(picture))
    except Exception:  # noqa: BLE001  decoders stumble over bad pictures in many ways
        return WRONG_PICTURE
    return 0


if __name__ == "__main__":
    sys.exit(main())
