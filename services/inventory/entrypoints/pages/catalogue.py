"""The catalogue: look for a product, add one, change one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.catalogue.register_product import register_product
from services.inventory.domain.catalogue_row import COLUMNS, own_gtin, read_row
from services.inventory.domain.cells import CellError, Fault, fault_of, whole
from services.inventory.domain.product import Pack, Product
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages.forms import form_id
from services.inventory.entrypoints.words.cells import fault_text
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.problems import status_of
from shared.web.words import _

PRODUCTS_SHOWN = 50
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

    def _form(self, form: Mapping[str, str], errors: Mapping[str, str]) -> str:
        return render_template(
            "inventory/product_form.html", form=form, errors=errors, units=UNITS
        )


def _product(form: Mapping[str, str]) -> tuple[Product | None, list[Fault]]:
    row = {name: form.get(name, "") for name in COLUMNS}
    product, faults = read_row(row)
    try:
        case = _case(form)
    except CellError as problem:
        return None, [*faults, fault_of("case_gtin", problem)]
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
    return {fault.column: fault_text(fault) for fault in faults}


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
