"""The goods received note on paper: proof of what came, and base of accounting."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.inventory.application.ports.receiving import (
    GoodsReceivedNote,
    NoteLine,
    NoteView,
)
from services.inventory.domain.product import Product
from services.inventory.entrypoints.words.labels import unit_code
from services.inventory.entrypoints.words.scanning import short_reason
from services.inventory.entrypoints.words.terms import earmark_words, name_of
from shared.web.papers import day, detail, frame, lines, number, signature, signed
from shared.web.words import _


@dataclass(frozen=True, slots=True)
class NotePaper:
    """Lays a note out; the value of goods is left to be written by hand.

    Inventory keeps no prices: whoever books the gift writes value, currency and
    where the price was taken from.
    """

    view: NoteView
    products: Mapping[str, Product]
    initials: Callable[[str | None], str]

    def facts(self) -> dict[str, Any]:
        """Give everything DOMAIN.md 2.3 asks of a goods received note."""
        note = self.view.note
        return {
            **frame(_("Goods received note"), note.grn_number, note.received_on),
            "details": self._details(note),
            "lines": self._lines(),
            "refused_title": _("Not taken in"),
            "refused": self._refused(),
            "expected_title": _("Expected against counted"),
            "expected_hint": _("over all notes of this gift"),
            "expected": self._expected(),
            "boxes": [signature(_("Counted by")), signature(_("Checked by"))],
        }

    def _details(self, note: GoodsReceivedNote) -> Sequence[Mapping[str, Any]]:
        return [
            detail(_("Gift"), note.gift_number, is_code=True),
            detail(_("Donor"), self.view.donor_code or "", is_code=True),
            detail(_("Donor's paper"), note.donor_document or "", is_code=True),
            detail(_("Taken in"), day(note.received_on)),
            detail(
                _("Finished"), signed(note.finished_at, self.initials(note.counted_by))
            ),
            detail(
                _("Checked"), signed(note.checked_at, self.initials(note.checked_by))
            ),
            detail(_("Condition"), note.condition or ""),
            detail(_("Units in all"), number(self.view.counted)),
        ]

    def _lines(self) -> Mapping[str, Any]:
        heads = [
            _("Product"),
            _("Code on the pack"),
            _("Lot"),
            _("Use by"),
            _("Declared"),
            _("Counted"),
            _("Damaged"),
            _("Condition"),
            "°C",
            _("Only for"),
            _("Place"),
            _("Value, currency, source"),
        ]
        return lines(heads, list(self._rows(self.view.lines)))

    def _rows(self, shown: Iterable[NoteLine]) -> Iterable[Sequence[str]]:
        """Write what was declared once: it counts a product, not a lot."""
        declared = {
            line.product_code: line.expected
            for line in self.view.expected
            if line.expected
        }
        for line in shown:
            yield [
                self._name(line.product_code),
                self._gtin(line.product_code),
                line.lot_number,
                day(line.expires_on),
                number(declared.pop(line.product_code, None)),
                number(line.quantity),
                number(line.held + line.given_back),
                "; ".join(line.conditions),
                "" if line.celsius is None else f"{line.celsius:g}",
                earmark_words(line.earmark or []),
                ", ".join(line.places),
                "",
            ]

    def _refused(self) -> Mapping[str, Any]:
        heads = [_("Product"), _("How many"), _("Reason")]
        rows = [
            [
                self._name(line.product_code),
                number(line.quantity),
                str(short_reason(line.reason)),
            ]
            for line in self.view.refused
        ]
        return lines(heads, rows)

    def _expected(self) -> Mapping[str, Any]:
        heads = [
            _("Product"),
            _("Expected"),
            _("Counted"),
            _("Not taken in"),
            _("Difference"),
        ]
        rows = [
            [
                self._name(line.product_code),
                number(line.expected),
                number(line.counted),
                number(line.refused),
                number(line.difference),
            ]
            for line in self.view.expected
        ]
        return lines(heads, rows)

    def _name(self, product_code: str) -> str:
        product = self.products.get(product_code)
        return name_of(product.names, product_code) if product else product_code

    def _gtin(self, product_code: str) -> str:
        product = self.products.get(product_code)
        gtin = unit_code(product) if product else None
        return gtin.shortest if gtin else ""
