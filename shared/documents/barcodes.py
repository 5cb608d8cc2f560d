"""Codes as drawings: what a scanner or a phone reads off our paper.

The sizes of a drawing are in modules, quiet zone included; a template chooses how
wide a module is printed. 0.5 mm suits phones and every label printer of 203 dpi.
"""

from collections.abc import Mapping
from typing import TypedDict

import zxingcpp

from shared.kernel.gs1 import GTIN

EAN13_LENGTH = 13


class Drawing(TypedDict):
    """A code as SVG, JSON-ready; ``width`` and ``height`` count modules."""

    svg: str
    width: int
    height: int


class CodeNotDrawableError(ValueError):
    """The text does not fit the kind of code; the sentence says why."""


def gs1_datamatrix(elements: Mapping[str, str]) -> Drawing:
    """Draw elements, values by application identifier, in the order given.

    Raises CodeNotDrawableError for what GS1 forbids, such as a lot in Cyrillic.
    """
    return _drawn(
        _bracketed(elements),
        zxingcpp.BarcodeFormat.DataMatrix,
        gs1=True,
        force_square=True,  # a square one has the larger modules in the same corner
    )


def gs1_128(elements: Mapping[str, str]) -> Drawing:
    """Draw elements as bars, which scanners without a camera read too.

    Raises CodeNotDrawableError.
    """
    return _drawn(_bracketed(elements), zxingcpp.BarcodeFormat.Code128, gs1=True)


def qr(text: str) -> Drawing:
    """Draw any text, such as an address; raises CodeNotDrawableError."""
    return _drawn(text, zxingcpp.BarcodeFormat.QRCode)


def ean13(gtin: GTIN) -> Drawing:
    """Draw the bars of a retail pack; a number of 14 digits has none."""
    digits = gtin.shortest.zfill(EAN13_LENGTH)
    if len(digits) > EAN13_LENGTH:
        raise CodeNotDrawableError(f"{gtin} has 14 digits; an EAN-13 holds 13")
    return _drawn(digits, zxingcpp.BarcodeFormat.EAN13)


def readable(elements: Mapping[str, str]) -> str:
    """Give the line that stands under a code: ``(01)02000100010006(10)B2409A``."""
    return "".join(f"({ai}){value}" for ai, value in elements.items())


def _bracketed(elements: Mapping[str, str]) -> str:
    """Square brackets, because a lot number may hold round ones."""
    return "".join(f"[{ai}]{value}" for ai, value in elements.items())


def _drawn(text: str, kind: zxingcpp.BarcodeFormat, **options: object) -> Drawing:
    try:
        code = zxingcpp.create_barcode(text, kind, **options)
    except ValueError as fault:
        raise CodeNotDrawableError(f"{text!r}: {fault}") from fault
    picture = zxingcpp.write_barcode_to_svg(code)
    width, height = _size(picture)
    return Drawing(svg=picture, width=width, height=height)


def _size(svg: str) -> tuple[int, int]:
    head = svg.split("<svg ", 1)[1]
    width, height = (part.split('"', 1)[0] for part in head.split('="')[1:3])
    return int(width), int(height)
