"""Labels of our own: choose what, how many and on which paper; look; print."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for

from services.inventory.application.page_views import LotView
from services.inventory.application.receiving.label_sheets import STOCKS, Label
from services.inventory.application.receiving.number_boxes import (
    BOXES_AT_ONCE_MAX,
    NumberBoxes,
    number_boxes,
)
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages.forms import form_id, whole
from services.inventory.entrypoints.papers.labels import LABELS, label_facts
from services.inventory.entrypoints.words.labels import (
    box_label,
    lot_label,
    place_label,
)
from services.inventory.wiring import Inventory
from shared.documents.rendering import pictures, render
from shared.kernel.clock import local_day
from shared.kernel.errors import NotFoundError
from shared.kernel.gs1 import SSCC, InvalidKeyError
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.papers import pdf
from shared.web.words import LazyText, _, _l

KINDS: Mapping[str, LazyText] = {
    "places": _l("Places"),
    "lots": _l("Lots"),
    "boxes": _l("Boxes"),
}
STOCK_WORDS: Mapping[str, LazyText] = {
    "sheet-24": _l("A4 sheet, 24 labels of 70 × 37 mm"),
    "sheet-14": _l("A4 sheet, 14 labels of 99 × 38 mm"),
    "roll-62x29": _l("Roll of 62 mm, labels of 29 mm"),
    "roll-62x50": _l("Roll of 62 mm, labels of 50 mm"),
}
LABELS_MAX = 500
CHOSEN_MAX = 200
MAKERS = ("volunteer", "reviewer", "coordinator")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for; whatever makes no sense falls back to usual."""

    kind: str
    chosen: Sequence[str]
    product_code: str
    grn_number: str
    stock: str
    copies: int
    start: int

    @classmethod
    def of_address(cls) -> "Wish":
        """Read the query; a start beyond the sheet is its last label."""
        asked = request.args
        kind = asked.get("kind", "")
        stock = asked.get("stock", "")
        stock = stock if stock in STOCKS else next(iter(STOCKS))
        return cls(
            kind=kind if kind in KINDS else next(iter(KINDS)),
            chosen=asked.getlist("code")[:CHOSEN_MAX],
            product_code=asked.get("product_code", "").strip(),
            grn_number=asked.get("grn_number", "").strip(),
            stock=stock,
            copies=_between(1, asked.get("copies"), LABELS_MAX),
            start=_between(1, asked.get("start"), STOCKS[stock].per_page),
        )

    @property
    def query(self) -> str:
        """Give the address of the same wish for the picture and the print."""
        fields: list[tuple[str, object]] = [
            ("kind", self.kind),
            ("stock", self.stock),
            ("copies", self.copies),
            ("start", self.start),
            *(("code", each) for each in self.chosen),
        ]
        return urlencode(fields)


class LabelPages:
    """``/inventory/labels``: the wish stands in the address, so Back works."""

    def __init__(self, service: Inventory) -> None:
        self._service = service
        self._reads = service.page_reads

    def register(self, pages: Blueprint) -> None:
        """Put the labels' addresses on the blueprint."""
        pages.add_url_rule("/labels", "labels", self.show)
        pages.add_url_rule("/labels.png", "labels_picture", self.picture)
        pages.add_url_rule("/labels.pdf", "labels_print", self.print_out)
        pages.add_url_rule(
            "/labels/boxes", "labels_boxes", self.number, methods=["POST"]
        )

    @allow(*MAKERS)
    def show(self) -> str:
        """Show the choices, and how the first sheet will look."""
        wish = Wish.of_address()
        lots = self._lots_to_choose(wish)
        return render_template(
            "inventory/labels.html",
            wish=wish,
            kinds=KINDS,
            stocks=STOCK_WORDS.items(),
            per_page=STOCKS[wish.stock].per_page,
            places=self._reads.places(),
            lots=lots,
            lot_names=self._reads.names({lot.product_code for lot in lots}),
            labels_max=LABELS_MAX,
            boxes_max=BOXES_AT_ONCE_MAX,
        )

    @allow(*MAKERS)
    def picture(self) -> Response:
        """Draw the first sheet only; a whole roll would be of no use."""
        wish = Wish.of_address()
        room = STOCKS[wish.stock].per_page - (wish.start - 1)
        pages = pictures(LABELS, self._facts(wish, room), current_language())
        return Response(
            pages[0], mimetype="image/png", headers={"Cache-Control": "no-store"}
        )

    @allow(*MAKERS)
    def print_out(self) -> Response:
        """Give all labels as a PDF whose pages are as large as the paper."""
        wish = Wish.of_address()
        made = render(LABELS, self._facts(wish, LABELS_MAX), current_language())
        return pdf(made, f"labels-{wish.kind}")

    @allow("volunteer", "coordinator")
    def number(self) -> Any:
        """Give new boxes their numbers, then show their labels."""
        count = _between(1, request.form.get("count"), BOXES_AT_ONCE_MAX)
        wish = NumberBoxes(self._service.company_prefix, count)
        body = {"command_id": form_id("command_id"), "count": count}
        numbers = self._service.perform(
            command("number_boxes", body), lambda work: number_boxes(wish, work)
        )
        here = url_for("pages.labels", kind="boxes", code=numbers)
        return redirect(here, 303)

    def _facts(self, wish: Wish, labels_max: int) -> Mapping[str, Any]:
        start = wish.start - 1
        labels = [each for each in self._labels(wish) for _ in range(wish.copies)]
        title = str(KINDS[wish.kind])
        shown = labels[:labels_max]
        return label_facts(shown, STOCKS[wish.stock], start=start, title=title)

    def _labels(self, wish: Wish) -> Iterator[Label]:
        if wish.kind == "places":
            known = {place.location_code: place for place in self._reads.places()}
            return (place_label(known[code]) for code in wish.chosen if code in known)
        if wish.kind == "boxes":
            return (box_label(number) for number in _boxes(wish.chosen))
        return self._lot_labels(wish)

    def _lot_labels(self, wish: Wish) -> Iterator[Label]:
        for lot in self._lots_of(wish.chosen):
            yield lot_label(lot, self._service.queries.product(lot.product_code))

    def _lots_of(self, chosen: Sequence[str]) -> Iterator[LotView]:
        """Find lots wherever they stand; a lot in two places is one label."""
        today = local_day(self._service.clock.now())
        for text in chosen:
            try:
                lots = self._reads.lot(UUID(text), today)
            except ValueError:
                continue
            yield from lots[:1]

    def _lots_to_choose(self, wish: Wish) -> Sequence[LotView]:
        if wish.kind != "lots":
            return ()
        if wish.grn_number:
            note = self._service.receiving.note(wish.grn_number)
            return list(self._lots_of([str(line.lot_id) for line in note.lines]))
        if not wish.product_code:
            return list(self._lots_of(wish.chosen))
        today = local_day(self._service.clock.now())
        stock = self._reads.stock_of(wish.product_code, today)
        if stock is None:
            raise NotFoundError(
                _("There is no product %(code)s.", code=wish.product_code)
            )
        return list({lot.lot_id: lot for lot in stock.lots}.values())


def _between(low: int, text: str | None, high: int) -> int:
    """Read a number people type; what is none counts as the lowest."""
    number = whole(text or "")
    return min(high, max(low, number)) if isinstance(number, int) else low


def _boxes(chosen: Sequence[str]) -> Iterator[SSCC]:
    for text in chosen:
        try:
            yield SSCC.parse(text)
        except InvalidKeyError:
            continue
