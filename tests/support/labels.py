"""Our own labels as pictures, for readers that look at them."""

import io
from collections.abc import Sequence
from pathlib import Path

import zxingcpp
from PIL import Image

from services.inventory.application.receiving.label_sheets import (
    STOCKS,
    Label,
    LabelStock,
)
from services.inventory.entrypoints.papers.labels import LABELS, label_facts
from shared.documents.rendering import pictures


def label_picture(
    label: Label, stock: str = "roll-62x29", pixels_per_inch: float = 300
) -> bytes:
    """Draw one label as a PNG, as a printer of that fineness would."""
    [page] = label_pages([label], STOCKS[stock], pixels_per_inch)
    return page


def label_pages(
    labels: Sequence[Label], stock: LabelStock, pixels_per_inch: float = 300
) -> Sequence[bytes]:
    """Draw labels on their sheets, a PNG a sheet."""
    facts = label_facts(labels, stock, start=0, title="labels")
    return pictures(LABELS, facts, "en", pixels_per_inch)


def codes_on(picture: bytes) -> list[str]:
    """Read every code on a picture as a scanner sends it, with its symbology."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    found = zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)
    return [f"{code.symbology_identifier}{code.text}" for code in found]


def save_label(label: Label, path: Path, stock: str = "roll-62x29") -> Path:
    """Keep the picture of a label in a file, such as a clip is made of."""
    path.write_bytes(label_picture(label, stock))
    return path
