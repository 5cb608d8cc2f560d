"""Rows as JSON-ready documents: the one place that names their members."""

from datetime import datetime
from typing import Any

from services.distribution.adapters.rows.requisitions import SHOWN_SUMS, progress_of
from services.distribution.domain.bands import Headcount
from services.distribution.domain.comparison import (
    Comparison,
    consequences,
    percent,
)
from services.distribution.domain.fairness import evenness
from services.distribution.domain.run import RunLine, UnusedLot

View = dict[str, Any]


def facility_view(row: Any) -> View:
    """Show a facility; there is no address to show."""
    return {
        "facility_code": row.facility_code,
        "name": row.name,
        "region": row.region,
        "audience": row.audience,
        "not_admitted": row.not_admitted,
    }


def unit_view(row: Any, headcount: Headcount | None) -> View:
    """Show a unit with the headcount that serves today."""
    return {
        "unit_code": row.unit_code,
        "version": row.version,
        "facility_code": row.facility_code,
        "kind": row.kind,
        "audience": row.audience,
        "groups": row.groups,
        "is_closed": row.is_closed,
        "headcounts": None
        if headcount is None
        else {
            "as_of": headcount.as_of.isoformat(),
            "bands": dict(headcount.bands),
            "heads": headcount.heads,
        },
    }


def requisition_head(row: Any) -> View:
    """Show a requisition without its lines."""
    return {
        "requisition_id": str(row.requisition_id),
        "unit_code": row.unit_code,
        "facility_code": row.facility_code,
        "needed_by": row.needed_by.isoformat(),
        "delivery_on": row.delivery_on and row.delivery_on.isoformat(),
        "state": row.state,
        "recorded_at": instant(row.recorded_at),
        "approved_at": instant(row.approved_at),
        "cancel_reason": row.cancel_reason,
    }


def requisition_line(row: Any) -> View:
    """Show a line; where no rule speaks of the product, what is approved is due."""
    wished = row.requested if row.approved is None else row.approved
    entitlement = wished if row.entitlement is None else row.entitlement
    sums = {name: int(getattr(row, name)) for name in SHOWN_SUMS}
    return {
        "product_code": row.product_code,
        "entitlement": entitlement,
        "requested": row.requested,
        "approved": row.approved,
        **sums,
        "open": progress_of(row).still_open,
        "lapsed": row.lapsed,
        "approved_because": row.approved_because,
        "substitute_for": row.substitute_for,
        "basis": row.basis,
    }


def run_head(row: Any) -> View:
    """Show a run without its lines."""
    return {
        "run_id": str(row.run_id),
        "handover_on": row.handover_on.isoformat(),
        "state": row.state,
        "product_codes": row.product_codes,
        "conditions": row.conditions,
        "recorded_at": instant(row.recorded_at),
        "approved_at": instant(row.approved_at),
        "cancel_reason": row.cancel_reason,
    }


def run_line(line: RunLine) -> View:
    """Show a line with its exact share, as a fraction in text and in percent."""
    return {
        "unit_code": line.unit_code,
        "product_code": line.product_code,
        "entitlement": line.entitlement,
        "already_received": line.already_received,
        "requested": line.requested,
        "proposed": line.proposed,
        "quantity": line.quantity,
        "share": str(line.share),
        "share_percent": percent(line.share),
        "reasons": list(line.reasons),
        "lots": [
            {"lot_id": str(lot_id), "quantity": quantity}
            for lot_id, quantity in line.lots.items()
        ],
        "basis": line.basis,
        "state": line.state,
        "override_reason": line.override_reason,
        "override_note": line.override_note,
    }


def comparison_view(comparison: Comparison) -> View:
    """Show what other conditions would give, and who would get more or less."""
    then = list(comparison.then)
    return {
        "conditions": comparison.conditions.as_json(),
        "lines": [run_line(line) for line in then],
        "figures": figures_view(then),
        "unused": [unused_view(lot) for lot in comparison.unused],
        "differences": [
            {"unit_code": pair.unit_code, "difference": pair.difference}
            for pair in comparison.changed
        ],
        "consequences": [each.as_json() for each in comparison.consequences],
    }


def decision_view(before: list[RunLine], after: list[RunLine]) -> View:
    """Show what overriding would change; figures of every product it touches."""
    found = consequences(before, after)
    lines = {(line.product_code, line.unit_code): line for line in after}
    return {
        "consequences": [each.as_json() for each in found],
        "lines": [
            run_line(lines[each.after.product_code, each.after.unit_code])
            for each in found
        ],
        "figures": [
            {
                "product_code": product_code,
                "before": figures_view(_of(before, product_code)),
                "after": figures_view(_of(after, product_code)),
            }
            for product_code in sorted({line.product_code for line in before})
        ],
    }


def _of(lines: list[RunLine], product_code: str) -> list[RunLine]:
    return [line for line in lines if line.product_code == product_code]


def unused_view(lot: UnusedLot) -> View:
    """Show stock that is not given, and why; so it is stored with its run too."""
    return {
        "lot_id": str(lot.lot_id),
        "lot_number": lot.lot_number,
        "quantity": lot.quantity,
        "reason": lot.reason,
    }


def consignment_head(row: Any) -> View:
    """Show a consignment without its lines."""
    return {
        "consignment_number": row.consignment_number,
        "facility_code": row.facility_code,
        "planned_on": row.planned_on.isoformat(),
        "status": row.state,
        "waybill_number": row.waybill_number,
        "short_reason": row.short_reason,
        "cancel_reason": row.cancel_reason,
        "recorded_at": instant(row.recorded_at),
        "picking_started_at": instant(row.picking_started_at),
        "dispatched_at": instant(row.dispatched_at),
        "handed_over_at": instant(row.handed_over_at),
        "vehicle": row.vehicle,
        "driver_role": row.driver_role,
        "packages": row.packages,
        "gross_weight_grams": row.gross_weight_grams,
    }


def consignment_line(row: Any) -> View:
    """Show a line; ``quantity`` is what left, before dispatch what is planned."""
    return {
        "unit_code": row.unit_code,
        "product_code": row.product_code,
        "lot_id": str(row.lot_id),
        "lot_number": row.lot_number,
        "expires_on": row.expires_on and row.expires_on.isoformat(),
        "quantity": row.quantity if row.dispatched is None else row.dispatched,
        "planned": row.quantity,
        "dispatched": row.dispatched,
        "accepted": row.accepted,
        "refused": row.refused,
        "refusal_reason": row.refusal_reason,
        "damaged": row.damaged,
        "short": row.short,
        "is_recalled": row.recall_reason is not None,
        "recall_reason": row.recall_reason,
        "bag_ids": row.bag_ids,
        "packed": row.packed,
    }


def handover_view(row: Any) -> View:
    """Show one handover; the one nobody corrects is the one that counts."""
    return {
        "handover_id": str(row.handover_id),
        "occurred_at": instant(row.occurred_at),
        "recorded_at": instant(row.recorded_at),
        "corrects": row.corrects and str(row.corrects),
        "receiver_role": row.receiver_role,
        "receiver_number": row.receiver_number,
        "is_from_paper": row.is_from_paper,
        "lines": row.lines,
    }


def instant(moment: datetime | None) -> str | None:
    """Write an instant with its offset."""
    return None if moment is None else moment.isoformat()


def product_answer(row: Any, run_state: str) -> View:
    """Show what inventory said of a product, or that it has not answered."""
    if row is None:
        return {"state": run_state, "refusal_reason": None, "shortages": []}
    return {
        "state": row.state,
        "refusal_reason": row.refusal_reason,
        "shortages": row.shortages,
    }


def figures_view(lines: list[RunLine]) -> View | None:
    """Show how even the shares are; None where there is nothing to compare."""
    found = evenness(lines)
    if found is None:
        return None
    return {
        "lowest_percent": percent(found.lowest),
        "highest_percent": percent(found.highest),
        "jain": round(float(found.jain), 3),
        "gini": round(float(found.gini), 3),
    }
