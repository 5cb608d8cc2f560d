"""Picked goods that are for nobody any more, on their way back to a shelf."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, render_template

from services.inventory.application.outbound.queries import LeftOver
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import DISPATCH
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.pages.receiving import shelves_for
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
            places=self._places(found),
            counted_at=self._service.clock.now(),
        )

    def _places(
        self, lines: Sequence[LeftOver]
    ) -> Mapping[UUID, Sequence[tuple[str, str]]]:
        """Name where each lot may go; what is held goes where goods are held."""
        free = {each.product_code for each in lines if _is_free(each)}
        shelves = shelves_for(self._service, free)
        places = self._service.page_reads.places()
        codes = [each.location_code for each in places if each.kind == "hold"]
        holds = [(code, code) for code in codes]
        return {
            each.lot_id: shelves[each.product_code] if _is_free(each) else holds
            for each in lines
        }


def _is_free(line: LeftOver) -> bool:
    return line.status == LotStatus.RELEASED
