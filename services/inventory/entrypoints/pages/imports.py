"""Tables taken in: looked at first, every bad cell named, confirmed once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from eventlet import tpool
from flask import Blueprint, Response, redirect, render_template, request, url_for

from services.inventory.application.catalogue.import_locations import LOCATION_TABLE
from services.inventory.application.catalogue.import_opening_stock import OPENING_TABLE
from services.inventory.application.catalogue.import_products import PRODUCT_TABLE
from services.inventory.application.catalogue.importing import (
    CellFault,
    ImportRefusedError,
    TableKind,
    confirm,
    faults_of,
)
from services.inventory.application.ports.importing import SentTable
from services.inventory.entrypoints.pages.forms import account, form_id
from services.inventory.entrypoints.words.cells import fault_text
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.database.commands import Command
from shared.kernel.errors import DomainError
from shared.sheets.reading import CYRILLIC, ROWS_MAX, Sheet, read_sheet
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.sheets import sheet
from shared.web.words import LazyText, _, _l

ROWS_PREVIEWED = 50
FAULTS_SHOWN = 200

KINDS: Mapping[str, TableKind] = {
    "products": PRODUCT_TABLE,
    "locations": LOCATION_TABLE,
    "stock": OPENING_TABLE,
}
TITLES: Mapping[str, LazyText] = {
    "products": _l("Products"),
    "locations": _l("Places"),
    "stock": _l("Opening stock"),
}
NOTES: Mapping[str, LazyText] = {
    "products": _l("Products with the same code are changed."),
    "locations": _l("Places with the same code get the name and step of the table."),
    "stock": _l(
        "What stood here before the books began. Without a gift number it belongs to "
        "an anonymous gift; medicine waits for the reviewer."
    ),
}
ONE_OF_KINDS = "<any(products, locations, stock):kind>"
COORDINATOR = ("coordinator",)


class ImportPages:
    """``/inventory/imports``; the coordinator alone."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        rule = f"/imports/{ONE_OF_KINDS}"
        pages.add_url_rule("/imports", "imports", self.show)
        pages.add_url_rule(rule, "import_table", self.ask)
        pages.add_url_rule(rule, "import_read", self.look, methods=["POST"])
        pages.add_url_rule(
            f"{rule}/confirm", "import_confirm", self.take_in, methods=["POST"]
        )
        pages.add_url_rule(
            f"{rule}/template.<any(csv, xlsx):form>", "import_template", self.template
        )

    @allow(*COORDINATOR)
    def show(self) -> str:
        """List what can be taken in."""
        return render_template("inventory/imports.html", titles=TITLES, notes=NOTES)

    @allow(*COORDINATOR)
    def ask(self, kind: str) -> str:
        """Ask for a table."""
        return self._page(kind)

    @allow(*COORDINATOR)
    def template(self, kind: str, form: str) -> Response:
        """Give a table with the columns and one example."""
        table = KINDS[kind]
        return sheet(f"komek-{kind}", table.columns, [table.example], form)

    @allow(*COORDINATOR)
    def look(self, kind: str) -> Any:
        """Show a table and name its bad cells; a good one waits for a word."""
        try:
            # a large sheet is seconds of arithmetic: in a thread, others go on
            sheet: Sheet = tpool.execute(read_sheet, _sent())
        except DomainError as refusal:
            return self._page(kind, error=refusal_text(refusal)), status_of(refusal)
        import_id = self._service.ids.new_id()
        with self._service.working() as work:
            faults = faults_of(KINDS[kind], work, sheet.rows)
            if not faults:
                sent = SentTable(import_id, kind, account(), sheet.rows)
                work.sent_tables.keep(sent)
        if faults:
            return self._page(kind, sheet=sheet, faults=faults), 422
        return self._page(kind, sheet=sheet, import_id=import_id)

    @allow(*COORDINATOR)
    def take_in(self, kind: str) -> Any:
        """Take in the table that was looked at; pressed twice it is taken once."""
        import_id, person = form_id("import_id"), account()
        command = Command(import_id, person, "confirm_import", {"kind": kind})
        try:
            answer = self._service.perform(
                command, lambda work: confirm(work, KINDS, import_id, person)
            )
        except ImportRefusedError as refusal:
            return self._page(kind, faults=refusal.faults), 422
        except DomainError as refusal:
            return self._page(kind, error=refusal_text(refusal)), status_of(refusal)
        toast(_("Rows taken in: %(count)s.", count=answer["count"]))
        return redirect(url_for("pages.imports"), 303)

    def _page(
        self,
        kind: str,
        *,
        sheet: Sheet | None = None,
        faults: Sequence[CellFault] = (),
        import_id: UUID | None = None,
        error: str = "",
    ) -> str:
        rows = list(sheet.numbered()) if sheet else []
        return render_template(
            "inventory/import_table.html",
            kind=kind,
            title=TITLES[kind],
            note=NOTES[kind],
            table=KINDS[kind],
            count=len(rows),
            rows=rows[:ROWS_PREVIEWED],
            columns=list(rows[0][1]) if rows else [],
            faults=[(each, fault_text(each)) for each in faults[:FAULTS_SHOWN]],
            faults_count=len(faults),
            bad={(each.row, each.column) for each in faults},
            is_old_encoding=sheet is not None and sheet.encoding == CYRILLIC,
            import_id=import_id,
            error=error,
            rows_max=ROWS_MAX,
        )


def _sent() -> bytes:
    """Give the uploaded file, else what was pasted."""
    file = request.files.get("table")
    content = file.read() if file else b""
    return content or request.form.get("text", "").encode()
