"""What the label template is given: sizes, words and drawn codes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from services.inventory.application.receiving.label_sheets import Label, LabelStock
from shared.documents.barcodes import gs1_128, gs1_datamatrix, readable

LABELS = Path(__file__).parents[2] / "templates" / "documents" / "labels.typ"


def label_facts(
    labels: Sequence[Label], stock: LabelStock, *, start: int, title: str
) -> Mapping[str, Any]:
    """Lay labels out from the place *start* of a sheet, counted from 0."""
    return {
        "title": title,
        "stock": asdict(stock),
        "start": start,
        "labels": [_label(label) for label in labels],
    }


def _label(label: Label) -> Mapping[str, Any]:
    elements = label.elements
    return {
        "head": label.head,
        "is_code": label.is_code,
        "rows": [
            {"label": row.label, "value": row.value, "code": row.is_code}
            for row in label.rows
        ],
        "matrix": gs1_datamatrix(elements) if elements else None,
        "bars": gs1_128(elements) if elements and label.has_bars else None,
        "readable": readable(elements),
    }
