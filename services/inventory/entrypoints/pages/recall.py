"""Recalls: look what one would block, recall, watch what comes back."""

from flask import Blueprint, render_template, request

from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.wiring import Inventory
from shared.web.auth import allow

RECALLS_SHOWN = 50


class RecallPages:
    """``/inventory/recalls``; the recall itself is posted by ``QuarantinePages``."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/recalls", "recalls", self.show)

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List recalls, or everything of one lot number and whom it went to."""
        product_code = request.args.get("product_code", "").strip()
        lot_number = request.args.get("lot_number", "").strip()
        is_asked = bool(product_code and lot_number)
        view = None
        if is_asked:
            traced = self._service.recalls.trace(product_code, lot_number)
            view = traced.hidden(hidden_from_reader(self._service))
        recalls = self._service.recalls.recalls(limit=RECALLS_SHOWN)
        codes = {row.product_code for row in recalls} | {product_code}
        codes |= {lot.product_code for lot in view.lots} if view else set()
        return render_template(
            "inventory/recalls.html",
            view=view,
            recalls=recalls,
            names=self._service.page_reads.names(codes),
            form=request.args,
            counted_at=self._service.clock.now(),
        )
