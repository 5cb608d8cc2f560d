"""The catalogue: look for a product, add one, take in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.import_products import (
    ImportRefusedError,
    import_products,
)
from services.inventory.application.register_product import register_product
from services.inventory.domain.catalogue_row import (
    COLUMNS,
    Fault,
    own_gtin,
    read_row,
    whole,
)
from services.inventory.domain.product import Pack, Product
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages_forms import form_id
from services.inventory.entrypoints.pages_table import read_table, written
from services.inventory.entrypoints.pages_words import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.problems import status_of
from shared.web.words import _

PRODUCTS_SHOWN = 50
ROWS_PREVIEWED = 100
UNITS = ("pack", "piece", "bar", "bottle", "tube", "pair", "kit", "roll", "jar", "tin")
CASE_QUANTITY_MAX = 100_000


class CataloguePages:
    """``/inventory/products``; only the coordinator changes the catalogue."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the catalogue's addresses on the blueprint."""
        pages.add_url_rule("/products", "products", self.show)
        pages.add_url_rule("/products/new", "product_new", self.show_form)
        pages.add_url_rule("/products/new", "product_add", self.add, methods=["POST"])
        pages.add_url_rule("/products/import", "products_import", self.show_import)
        pages.add_url_rule(
            "/products/import", "products_read", self.take_in, methods=["POST"]
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List products by code, a page at a time."""
        query = request.args.get("query", "")[:100]
        category = request.args.get("category", "")
        after = decode_cursor(request.args.get("cursor"), str)
        found = self._service.queries.products(
            query, category, after=after[0] if after else None, limit=PRODUCTS_SHOWN + 1
        )
        shown = found[:PRODUCTS_SHOWN]
        is_more = len(found) > PRODUCTS_SHOWN
        return render_template(
            "inventory/products.html",
            products=shown,
            query=query,
            category=category,
            following=encode_cursor([shown[-1].product_code]) if is_more else None,
            counted_at=self._service.clock.now(),
        )

    @allow("coordinator")
    def show_form(self) -> str:
        """Show the empty form of a product, or a known one to change."""
        code = request.args.get("product_code", "")
        form = _form_of(self._service.queries.product(code)) if code else request.args
        return self._form(form, {})

    @allow("coordinator")
    def add(self) -> Any:
        """Register a product, or change the one of this code."""
        form = request.form
        product, faults = _product(form)
        if product is None:
            return self._form(form, _by_column(faults)), 422
        known = product
        names = (*COLUMNS, "case_gtin")
        described = {name: form.get(name, "") for name in names}
        body = {**described, "command_id": form_id("command_id")}
        try:
            self._service.perform(
                command("register_product", body),
                lambda work: {
                    "product_code": register_product(work, known).product_code
                },
            )
        except DomainError as refusal:
            errors = {"gtin13_demo": refusal_text(refusal)}
            return self._form(form, errors), status_of(refusal)
        toast(_("%(code)s is in the catalogue.", code=product.product_code))
        return redirect(url_for("pages.products", query=product.product_code), 303)

    @allow("coordinator")
    def show_import(self) -> str:
        """Ask for a table."""
        return self._import()

    @allow("coordinator")
    def take_in(self) -> Any:
        """Preview a table and name its bad cells; import it once it was seen."""
        try:
            rows = read_table(_sent_table())
        except DomainError as refusal:
            return self._import(error=refusal_text(refusal)), status_of(refusal)
        faults = [
            (number, fault)
            for number, row in enumerate(rows, start=2)
            for fault in read_row(row)[1]
        ]
        if faults or "confirmed" not in request.form:
            return self._import(rows=rows, faults=faults), 422 if faults else 200
        return self._imported(rows)

    def _imported(self, rows: Sequence[Mapping[str, str]]) -> Any:
        try:
            with self._service.working() as work:
                count = import_products(work, rows)
        except ImportRefusedError as refusal:
            faults = [(each.row, each) for each in refusal.faults]
            return self._import(rows=rows, faults=faults), 422
        except DomainError as refusal:
            page = self._import(rows=rows, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(_("Products taken into the catalogue: %(count)s.", count=count))
        return redirect(url_for("pages.products"), 303)

    def _form(self, form: Mapping[str, str], errors: Mapping[str, str]) -> str:
        return render_template(
            "inventory/product_form.html", form=form, errors=errors, units=UNITS
        )

    def _import(
        self,
        rows: Sequence[Mapping[str, str]] = (),
        faults: Sequence[Any] = (),
        error: str = "",
    ) -> str:
        return render_template(
            "inventory/products_import.html",
            rows=rows,
            shown=rows[:ROWS_PREVIEWED],
            faults=faults,
            bad={(number, fault.column): fault.fault for number, fault in faults},
            text=written(rows),
            error=error,
            columns=COLUMNS,
        )


def _sent_table() -> bytes:
    """Give the uploaded file, else what was pasted."""
    file = request.files.get("table")
    content = file.read() if file else b""
    return content or request.form.get("text", "").encode()


def _product(form: Mapping[str, str]) -> tuple[Product | None, list[Fault]]:
    row = {name: form.get(name, "") for name in COLUMNS}
    product, faults = read_row(row)
    try:
        case = _case(form)
    except ValueError as problem:
        return None, [*faults, Fault("case_gtin", str(problem))]
    if product is None or case is None:
        return product, faults
    packs = {pack.gtin: pack for pack in (*product.packs, case)}
    ordered = tuple(sorted(packs.values(), key=lambda pack: pack.gtin))
    return replace(product, packs=ordered), faults


def _case(form: Mapping[str, str]) -> Pack | None:
    number = form.get("case_gtin", "").strip()
    if not number:
        return None
    quantity = whole(1, CASE_QUANTITY_MAX)(form.get("case_qty", "").strip())
    return Pack(own_gtin(number), quantity)


def _by_column(faults: Sequence[Fault]) -> dict[str, str]:
    return {fault.column: fault.fault for fault in faults}


def _form_of(product: Product) -> dict[str, str]:
    single = next((pack for pack in product.packs if pack.quantity == 1), None)
    case = next((pack for pack in product.packs if pack.quantity > 1), None)
    return {
        "code": product.product_code,
        "category": product.category,
        **{f"name_{key}": name for key, name in product.names.items()},
        "unit_of_issue": product.unit_of_issue,
        "gtin13_demo": str(single.gtin) if single else "",
        "case_gtin": str(case.gtin) if case else "",
        "case_qty": str(case.quantity) if case else "",
        "min_days_receipt": str(product.min_days_at_receipt),
        "min_days_dispatch": str(product.min_days_at_dispatch),
        "sensitivity": str(product.sensitivity),
        "flags": ",".join(product.flags),
    }
