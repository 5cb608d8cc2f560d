"""Where the warehouse's papers are fetched as PDF, in the reader's language."""

from flask import Blueprint, Response

from services.inventory.entrypoints.blindness import refuse_counted
from services.inventory.entrypoints.pages.people import initials
from services.inventory.entrypoints.papers.counts import (
    count_result_facts,
    count_sheet_facts,
)
from services.inventory.entrypoints.papers.frame import paper
from services.inventory.entrypoints.papers.losses import (
    destruction_facts,
    loss_report_facts,
)
from services.inventory.entrypoints.papers.numbers import number_sheet_facts
from services.inventory.entrypoints.papers.outbound import pick_list_facts
from services.inventory.entrypoints.papers.receiving import NotePaper
from services.inventory.entrypoints.papers.stock import stock_card_facts
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import NotFoundError
from shared.web.auth import allow

READERS = ("volunteer", "reviewer", "coordinator")
MOVEMENTS_PRINTED = 500
LISTED_MAX = 1000


class DocumentPages:
    """``….pdf`` beside the page it belongs to; reads only."""

    def __init__(self, service: Inventory) -> None:
        self._service = service
        self._reads = service.page_reads

    def register(self, pages: Blueprint) -> None:
        """Put the papers' addresses on the blueprint."""
        for path, show in (
            ("/pick-lists/<pick_list_number>/paper.pdf", self.pick_list),
            ("/stock/<product_code>/card.pdf", self.stock_card),
            ("/products/number-codes.pdf", self.number_sheet),
            ("/receiving/<grn_number>/note.pdf", self.goods_received_note),
            ("/counts/<count_sheet_number>/sheet.pdf", self.count_sheet),
            ("/incidents/<incident_number>/report.pdf", self.loss_report),
            ("/destructions/<destruction_number>/record.pdf", self.destruction),
        ):
            pages.add_url_rule(path, show.__name__, show)

    @allow(*READERS)
    def pick_list(self, pick_list_number: str) -> Response:
        """Give a pick list to walk with."""
        found = self._service.outbound.pick_list(pick_list_number)
        names = self._reads.names({line.product_code for line in found.lines})
        picks = self._service.outbound.picks(pick_list_number)
        facts = pick_list_facts(found, names, picks, initials())
        return paper("pick_list.typ", found.pick_list_number, facts)

    @allow(*READERS)
    def stock_card(self, product_code: str) -> Response:
        """Give a product's card with its latest movements."""
        refuse_counted(self._service, product_code)
        now = self._service.clock.now()
        stock = self._reads.stock_of(product_code, local_day(now))
        if stock is None:
            raise NotFoundError(f"There is no product {product_code}.")
        card = self._service.queries.stock_card(
            product_code, after=None, limit=MOVEMENTS_PRINTED
        )
        facts = stock_card_facts(stock, card, initials(), now)
        return paper("stock_card.typ", f"stock-card-{product_code}", facts)

    @allow(*READERS)
    def number_sheet(self) -> Response:
        """Give the codes of all products, to scan from where goods carry none."""
        products = self._service.queries.products("", "", after=None, limit=LISTED_MAX)
        facts = number_sheet_facts(products, self._service.clock.now())
        return paper("number_sheet.typ", "number-codes", facts)

    @allow(*READERS)
    def goods_received_note(self, grn_number: str) -> Response:
        """Give a note to sign and to file with the donor's paper."""
        view = self._service.receiving.note(grn_number)
        codes = {
            line.product_code
            for part in (view.lines, view.refused, view.expected)
            for line in part
        }
        products = {code: self._service.queries.product(code) for code in codes}
        facts = NotePaper(view, products, initials()).facts()
        return paper("goods_received_note.typ", grn_number, facts)

    @allow(*READERS)
    def count_sheet(self, count_sheet_number: str) -> Response:
        """Give a blind sheet to count with, or the result of a finished one."""
        sheet = self._service.counting.sheet(count_sheet_number)
        codes = {line.product_code for line in sheet.lines}
        names = self._reads.names(codes | {sheet.product_code or ""})
        if sheet.finished_at is None:
            facts = count_sheet_facts(sheet, names)
            return paper("count_sheet.typ", count_sheet_number, facts)
        facts = count_result_facts(sheet, names, initials())
        return paper("count_result.typ", f"{count_sheet_number}-result", facts)

    @allow(*READERS)
    def loss_report(self, incident_number: str) -> Response:
        """Give the report of a loss, with what was written off under it."""
        report = self._service.losses.incident(incident_number)
        names = self._reads.names({line.product_code for line in report.lines})
        facts = loss_report_facts(report, names, initials(), self._service.clock.now())
        return paper("losses.typ", incident_number, facts)

    @allow(*READERS)
    def destruction(self, destruction_number: str) -> Response:
        """Give the record that two people of two roles sign."""
        record = self._service.losses.destruction(destruction_number)
        names = self._reads.names({line.product_code for line in record.lines})
        facts = destruction_facts(record, names, initials())
        return paper("losses.typ", destruction_number, facts)


def documents(service: Inventory) -> Blueprint:
    """Build the blueprint of the papers; its endpoints are ``papers.…``."""
    blueprint = Blueprint("papers", __name__)
    DocumentPages(service).register(blueprint)
    return blueprint
