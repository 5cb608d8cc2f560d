"""Goods that come back: what waits on the returns table, and a form for more."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.ports.returns import GivenGoods
from services.inventory.application.receiving.record_return import (
    RecordReturn,
    record_return,
)
from services.inventory.application.scanning.line import checked_quantity
from services.inventory.domain.giving_back import Condition, NextStep
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages.forms import account, form_id, whole
from services.inventory.entrypoints.pages.receiving import shelves_for
from services.inventory.entrypoints.words.returns import CONDITIONS, NEXT_STEPS
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.words import _

LOTS_AT_ONCE = 12
"""Of more than these the product is asked for first: a phone is not long."""
LOTS_SHOWN = 40


class ReturnPages:
    """``/inventory/returns``; a scanned code is posted, as it may hold secrets."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the returns' addresses on the blueprint."""
        pages.add_url_rule("/returns", "returns", self.show)
        pages.add_url_rule("/returns", "return_record", self.record, methods=["POST"])
        pages.add_url_rule("/returns/new", "return_new", self.new)
        pages.add_url_rule("/returns/new", "return_find", self.find, methods=["POST"])

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List what came back, and what can become of it."""
        now = self._service.clock.now()
        hidden = hidden_from_reader(self._service)
        found = self._service.returns.returns(local_day(now))
        codes = {each.product_code for each in found}
        return render_template(
            "inventory/returns.html",
            returns=[each.hidden(hidden) for each in found],
            names=self._service.page_reads.names(codes),
            shelves=shelves_for(self._service, codes),
            conditions=CONDITIONS,
            next_steps=NEXT_STEPS,
            counted_at=now,
        )

    @allow("volunteer", "coordinator")
    def new(self) -> str:
        """Ask who gives something back; with a unit, what of the things it has."""
        return self._form(request.args.get("sought", "").strip())

    @allow("volunteer", "coordinator")
    def find(self) -> str:
        """List what a unit has of a scanned pack, a lot or a product."""
        pack = request.form.get("pack", "").strip()
        return self._form(request.form.get("sought", "").strip(), pack)

    @allow("volunteer", "coordinator")
    def record(self) -> Any:
        """Take goods back, say what becomes of them, and offer to undo it."""
        form = request.form
        try:
            wish = self._wish()
            body = {name: form.get(name, "") for name in _FIELDS}
            once = command(
                "record_return", {**body, "command_id": form_id("command_id")}
            )
            done = self._service.perform(once, lambda work: record_return(work, wish))
        except DomainError as refusal:
            page = self._form(form.get("sought", ""), error=refusal_text(refusal))
            return page, status_of(refusal)
        step = str(NEXT_STEPS[NextStep(done["next_step"])])
        toast(
            _("Taken back.") + " " + step,
            url_for("pages.scan_undo"),
            {
                "movement_id": done["movement_id"],
                "command_id": str(self._service.ids.new_id()),
                "next": url_for("pages.returns"),
            },
        )
        return redirect(url_for("pages.returns"), 303)

    def _wish(self) -> RecordReturn:
        form = request.form
        unit_code, _at, lot_id = form.get("goods", "").rpartition("@")
        try:
            lot = UUID(lot_id)
        except ValueError:
            raise MalformedError("Choose what came back.", field="goods") from None
        try:
            condition = Condition(form.get("condition", ""))
        except ValueError:
            raise MalformedError("Say how it looks.", field="condition") from None
        return RecordReturn(
            unit_code=unit_code,
            lot_id=lot,
            quantity=checked_quantity(whole(form.get("quantity", ""))),
            condition=condition,
            account=account(),
        )

    def _form(self, sought: str, pack: str = "", error: str = "") -> str:
        goods = self._service.returns.with_unit(sought) if sought else []
        found = self._of_chosen(goods) or self._fitting(goods, pack)
        codes = {one.product_code for one in found or goods}
        is_long = len(found or goods) > LOTS_AT_ONCE and len(codes) > 1
        return render_template(
            "inventory/return_form.html",
            sought=sought,
            units=self._service.returns.units(),
            goods=[] if is_long else (found or goods)[:LOTS_SHOWN],
            products=sorted(codes) if is_long else [],
            has_more=len(found or goods) > LOTS_SHOWN,
            is_other_pack=bool(goods) and not found,
            names=self._service.page_reads.names(codes),
            conditions=CONDITIONS,
            form=request.form,
            error=error,
            counted_at=self._service.clock.now(),
        )

    def _of_chosen(self, goods: Sequence[GivenGoods]) -> Sequence[GivenGoods]:
        """Keep the product that was chosen already, its lot first."""
        chosen = request.form.get("goods")
        codes = {one.product_code for one in goods if one.key == chosen}
        of_product = [one for one in goods if one.product_code in codes]
        return sorted(of_product, key=lambda one: one.key != chosen)

    def _fitting(self, goods: Sequence[GivenGoods], pack: str) -> Sequence[GivenGoods]:
        """Keep what a typed lot or product, or else a scanned code, can mean."""
        if not pack:
            return goods
        typed = pack.casefold()
        named = [
            each
            for each in goods
            if typed in {each.lot_number.casefold(), each.product_code.casefold()}
        ]
        return named or self._scanned(goods, pack)

    def _scanned(self, goods: Sequence[GivenGoods], pack: str) -> Sequence[GivenGoods]:
        try:
            decoded = self._service.decode(pack)
        except DomainError:
            return ()
        product_code = (decoded.get("product") or {}).get("product_code")
        of_product = [each for each in goods if each.product_code == product_code]
        lot = decoded.get("lot")
        return [each for each in of_product if lot in (None, each.lot_number)]


_FIELDS = ("goods", "quantity", "condition")
