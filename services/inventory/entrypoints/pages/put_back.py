"""Picked goods that are for nobody any more, on their way back to a shelf."""

from flask import Blueprint, render_template

from services.inventory.application.outbound.queries import LeftOver
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import DISPATCH
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.wiring import Inventory
from shared.web.auth import allow


class PutBackPages:
    """``/inventory/put-back``; putting away itself is ``pages.put_away``."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the page's address on the blueprint."""
        pages.add_url_rule("/put-back", "put_back", self.show)

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List what stands at the dispatch place for nobody, and where it may go."""
        found = self._service.outbound.left_over()
        hidden = hidden_from_reader(self._service)
        return render_template(
            "inventory/put_back.html",
            lines=found,
            place=DISPATCH,
            names=self._service.page_reads.names({each.product_code for each in found}),
            counted={
                each.lot_id: hidden.of_lot(each.product_code, DISPATCH)
                for each in found
            },
            places={each.lot_id: self._places(each) for each in found},
            counted_at=self._service.clock.now(),
        )

    def _places(self, line: LeftOver) -> list[tuple[str, str]]:
        """Name the places a lot may go to; what is held goes where goods are held."""
        if line.status == LotStatus.RELEASED:
            codes = list(self._service.receiving.shelves_of(line.product_code))
        else:
            places = self._service.page_reads.places()
            codes = [each.location_code for each in places if each.kind == "hold"]
        return [(code, code) for code in codes]
