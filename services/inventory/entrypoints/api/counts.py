"""Count sheets for programs; lines are counted through ``POST /scans``."""

from typing import Any

from services.inventory.application.counting.queries import (
    CountLineView,
    CountSheetView,
)
from services.inventory.application.counting.sheets import (
    DecideCount,
    FinishCount,
    PlanCount,
    RuleOnCount,
    decide_count,
    finish_count,
    plan_count,
    rule_on_count,
)
from services.inventory.application.scanning.line import checked_quantity
from services.inventory.entrypoints.api import counts_schemas as schemas
from services.inventory.entrypoints.commands import account, command, is_coordinator
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow
from shared.web.paging import decode_cursor, encode_cursor

READERS = ("volunteer", "reviewer", "coordinator")


def add_count_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add everything about count sheets but the counting itself."""
    _add_reads(api, app)
    _add_plan(api, app)
    _add_settling(api, app)


def _add_reads(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/counts")
    @api.arguments(schemas.CountQuerySchema, location="query")
    @api.response(200, Page.of(schemas.CountSheetSchema))
    @allow(*READERS)
    def list_counts(query: dict[str, Any]) -> dict[str, Any]:
        """List count sheets, the newest first."""
        after, limit = decode_cursor(query["cursor"], str), query["limit"]
        found = app.counting.sheets(
            query["status"], after=after[0] if after else None, limit=limit + 1
        )
        shown = found[:limit]
        is_more = len(found) > limit
        following = encode_cursor([shown[-1].count_sheet_number]) if is_more else None
        return {"items": [_told(each) for each in shown], "next": following}

    @api.route("/counts/due")
    @api.response(200, schemas.DueCountsSchema)
    @allow(*READERS)
    def due_counts() -> Any:
        """Say what should be counted now."""
        return app.counting.due(local_day(app.clock.now()))

    @api.route("/counts/<count_sheet_number>")
    @api.response(200, schemas.CountSheetSchema)
    @allow(*READERS)
    def get_count(count_sheet_number: str) -> Any:
        """Read one count sheet; while it is open it holds no number of the books."""
        return _told(app.counting.sheet(count_sheet_number))


def _add_plan(api: ApiBlueprint, app: Inventory) -> None:
    @api.route("/counts", methods=["POST"])
    @api.arguments(schemas.PlanCountSchema)
    @api.response(200, schemas.PlannedCountSchema)
    @allow("coordinator")
    def plan(body: dict[str, Any]) -> Any:
        """Open a count sheet for a location or a product."""
        wish = PlanCount(account(), body["location_code"], body["product_code"])
        return app.perform(
            command("plan_count", body), lambda work: plan_count(work, wish)
        )


def _add_settling(api: ApiBlueprint, app: Inventory) -> None:
    one = "/counts/<count_sheet_number>"

    @api.route(f"{one}/finish", methods=["POST"])
    @api.arguments(schemas.FinishCountSchema)
    @api.response(200, schemas.FinishedCountSchema)
    @allow("coordinator")
    def finish(body: dict[str, Any], count_sheet_number: str) -> Any:
        """Book every difference of a sheet at once."""
        wish = FinishCount(count_sheet_number, account(), body["uncounted"])
        once = command(f"finish_count {count_sheet_number}", body)
        return app.perform(once, lambda work: finish_count(work, wish))

    @api.route(f"{one}/decisions", methods=["POST"])
    @api.arguments(schemas.DecideCountSchema)
    @api.response(200, schemas.DecidedCountSchema)
    @allow("coordinator")
    def decide(body: dict[str, Any], count_sheet_number: str) -> Any:
        """Take a number for true where two counts differ."""
        wish = DecideCount(
            count_sheet_number,
            body["lot_id"],
            body["location_code"],
            checked_quantity(body["counted"], lowest=0),
            account(),
        )
        once = command(f"decide_count {count_sheet_number}", body)
        return app.perform(once, lambda work: decide_count(work, wish))

    @api.route(f"{one}/conflicts/<uuid:scan_id>", methods=["POST"])
    @api.arguments(schemas.RuleOnCountSchema)
    @api.response(200, schemas.RuledCountSchema)
    @allow("coordinator")
    def rule(body: dict[str, Any], count_sheet_number: str, scan_id: Any) -> Any:
        """Say that a waiting count adds to, replaces or yields to the first."""
        wish = RuleOnCount(count_sheet_number, scan_id, body["answer"], account())
        once = command(f"rule_on_count {scan_id}", body)
        return app.perform(once, lambda work: rule_on_count(work, wish))


def _told(sheet: CountSheetView) -> dict[str, Any]:
    """Tell a sheet as far as its reader may know it."""
    is_finished = sheet.status == "finished"
    return {
        "count_sheet_number": sheet.count_sheet_number,
        "location_code": sheet.location_code,
        "product_code": sheet.product_code,
        "status": sheet.status,
        "opened_at": sheet.opened_at,
        "finished_at": sheet.finished_at,
        "uncounted": sheet.uncounted,
        "uncounted_lots": sheet.uncounted_lots,
        "lines": [
            _result(line) if is_finished else _blind(line) for line in sheet.lines
        ],
        "waiting": sheet.waiting if is_coordinator() else [],
    }


def _facts(line: CountLineView) -> dict[str, Any]:
    return {
        "product_code": line.product_code,
        "lot_id": line.lot_id,
        "lot_number": line.lot_number,
        "expires_on": line.expires_on,
        "gift_number": line.gift_number,
        "location_code": line.location_code,
        "state": line.state,
    }


def _blind(line: CountLineView) -> dict[str, Any]:
    """Tell a line of an open sheet: to a coordinator both counts that differ."""
    both = {}
    if line.state == "counts_differ" and is_coordinator():
        both = {
            "first_counted": line.first_counted,
            "second_counted": line.second_counted,
        }
    return {**_facts(line), "counted": line.counted_by(account()), **both}


def _result(line: CountLineView) -> dict[str, Any]:
    return {
        **_facts(line),
        "counted": line.counted,
        "first_counted": line.first_counted,
        "second_counted": line.second_counted,
        "first_by": line.first_by,
        "second_by": line.second_by,
        "decided_by": line.decided_by,
        "booked": line.booked,
        "difference": line.difference,
        "outcome": line.outcome,
        "movement_id": line.movement_id,
    }
