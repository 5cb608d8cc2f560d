"""The pick list on paper: what to take, from where, which lot first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.inventory.application.outbound.queries import (
    PickListLineView,
    PickListView,
    PickView,
)
from services.inventory.application.page_views import ProductStock
from services.inventory.entrypoints.words.terms import (
    PICK_LIST_STATES,
    name_of,
)
from shared.web.papers import day, detail, frame, lines, moment, number, signature
from shared.web.units import counted_unit
from shared.web.words import _

OPEN = "open"


def pick_list_facts(
    pick_list: PickListView,
    names: Mapping[str, ProductStock],
    picks: Sequence[PickView],
    initials: Callable[[str | None], str],
) -> dict[str, Any]:
    """Lay a pick list out in walking order.

    What nobody picked yet is left blank, to be written by hand.
    """
    rank = _first_out(pick_list.lines)
    rows = [
        [
            *_asked(line, names, rank),
            *_taken(
                line,
                [one for one in picks if _is_of(one, line)],
                initials,
                pick_list.status,
            ),
        ]
        for line in pick_list.lines
    ]
    return {
        **frame(_("Pick list"), pick_list.pick_list_number, pick_list.opened_at),
        "details": _details(pick_list),
        "lines": lines(_heads(), rows),
        "note": _("Goes first: 1 is the lot of this product that expires earliest."),
        "boxes": [signature(_("Picked by")), signature(_("Checked by"))],
    }


def _details(pick_list: PickListView) -> Sequence[Mapping[str, Any]]:
    return [
        detail(_("Dispatch number"), pick_list.consignment_number, is_code=True),
        detail(_("To"), pick_list.facility_code, is_code=True),
        detail(_("Planned for"), day(pick_list.planned_on)),
        detail(_("State"), str(PICK_LIST_STATES[pick_list.status][2])),
        detail(_("Closed at"), moment(pick_list.closed_at)),
        detail(_("Waybill"), pick_list.waybill_number or "", is_code=True),
    ]


def _heads() -> Sequence[str]:
    return [
        _("Place"),
        _("Product"),
        _("Lot"),
        _("Use by"),
        _("Goes first"),
        _("Take"),
        _("Counted in"),
        _("Picked"),
        _("Picked by"),
        _("Another lot: which and why"),
    ]


def _asked(
    line: PickListLineView,
    names: Mapping[str, ProductStock],
    rank: Mapping[UUID, int],
) -> Sequence[str]:
    product = names.get(line.product_code)
    return [
        line.location_code,
        name_of(product.names, line.product_code) if product else line.product_code,
        line.lot_number,
        day(line.expires_on),
        number(rank[line.lot_id]),
        number(line.quantity),
        counted_unit(product.unit_of_issue, line.quantity) if product else "",
    ]


def _taken(
    line: PickListLineView,
    picks: Sequence[PickView],
    initials: Callable[[str | None], str],
    status: str,
) -> Sequence[str]:
    is_blank = status == OPEN and not line.picked
    who = dict.fromkeys(initials(one.picked_by) for one in picks)
    why = dict.fromkeys(one.other_lot_reason for one in picks)
    return [
        "" if is_blank else number(line.picked),
        ", ".join(filter(None, who)),
        "; ".join(filter(None, why)),
    ]


def _is_of(pick: PickView, line: PickListLineView) -> bool:
    return (pick.lot_id, pick.location_code) == (line.lot_id, line.location_code)


def _first_out(shown: Sequence[PickListLineView]) -> Mapping[UUID, int]:
    """Rank the lots of each product by their last day; none goes last."""
    ranks: dict[UUID, int] = {}
    seen: dict[str, int] = {}
    for line in sorted(shown, key=lambda one: (one.expires_on or date.max, one.lot_id)):
        if line.lot_id not in ranks:
            seen[line.product_code] = seen.get(line.product_code, 0) + 1
            ranks[line.lot_id] = seen[line.product_code]
    return ranks
