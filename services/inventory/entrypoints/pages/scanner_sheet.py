"""The codes of the scanner test: each finds out something a scanner may get wrong."""

from dataclasses import dataclass
from functools import cache

import zxingcpp
from zxingcpp import BarcodeFormat

from services.inventory.domain.scanning.cleaning import GS
from shared.web.words import LazyText, _l

OWN_GTIN = "02000100010006"
"""Of GS1's range for use inside one company: it is on no pack of a shop."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One printed code: its name in addresses, for people, and what it holds.

    ``text`` is what a scanner should type between its prefix and its Enter.
    """

    name: str
    title: LazyText
    text: str
    content: str
    format: BarcodeFormat
    scale: int

    @property
    def is_gs1(self) -> bool:
        """Whether it has elements and a separator between them."""
        return GS in self.text


def _gs1(
    name: str, title: LazyText, lot: str, symbol: BarcodeFormat, scale: int
) -> Probe:
    """Make a code whose lot has letters that wander between keyboards.

    A and Q, Z and W, Y, M and the signs lie elsewhere on French, German or Cyrillic
    keyboards; small and capital ones show what Caps Lock does. The lot comes before
    the date, so that a separator has to stand between them.
    """
    text = f"01{OWN_GTIN}10{lot}{GS}17291231"
    return Probe(name, title, text, f"(01){OWN_GTIN}(10){lot}(17)291231", symbol, scale)


CODES = (
    Probe(
        "ean",
        _l("On every pack: EAN-13"),
        OWN_GTIN[1:],
        OWN_GTIN[1:],
        BarcodeFormat.EAN13,
        2,
    ),
    _gs1(
        "datamatrix",
        _l("On medicine: GS1 DataMatrix"),
        "aZyQ-w/2M",
        BarcodeFormat.DataMatrix,
        6,
    ),
    _gs1("gs1-128", _l("On cases: GS1-128"), "aZyQ-w/1M", BarcodeFormat.Code128, 2),
    _gs1("qr", _l("On some packs: GS1 QR"), "aZyQ-w/3M", BarcodeFormat.QRCode, 5),
)


@cache
def drawing(name: str) -> str | None:
    """Draw a code as SVG, with the white around it that scanners need."""
    for code in CODES:
        if code.name == name:
            drawn = zxingcpp.create_barcode(
                code.content, code.format, gs1=code.is_gs1, force_square=True
            )
            picture: str = drawn.to_svg(scale=code.scale)
            return picture
    return None
