"""Counting in a test warehouse: sheets planned, counted by two people, finished."""

from collections.abc import Mapping
from itertools import count as numbers
from typing import Any
from uuid import UUID

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
from tests.support.store import an_id
from tests.support.warehouse import AIDA, Warehouse

DANA = "account-dana"
_COMMANDS = numbers(1)


def a_command() -> dict[str, str]:
    """Give the id of a command that nobody sent before."""
    return {"command_id": str(an_id(f"command {next(_COMMANDS)}"))}


def plan(warehouse: Warehouse, location_code: str | None = "A-01", **more: Any) -> str:
    """Open a sheet for a place, or for a product when one is named."""
    place = None if "product_code" in more else location_code
    with warehouse.working() as work:
        answer = plan_count(work, PlanCount(DANA, place, **more))
    return str(answer["count_sheet_number"])


def count(
    warehouse: Warehouse, sheet: str, quantity: int, account: str = AIDA, **more: Any
) -> Mapping[str, Any]:
    """Count combs for a sheet, a minute after whatever came before."""
    warehouse.wait(minutes=1)
    line = warehouse.line(
        action="count", quantity=quantity, count_sheet_number=sheet, **more
    )
    [answer] = warehouse.scan(line, account=account)
    return answer


def finish(warehouse: Warehouse, sheet: str, uncounted: str | None = None) -> Any:
    """Finish a sheet as the coordinator."""
    with warehouse.working() as work:
        return finish_count(work, FinishCount(sheet, DANA, uncounted))


def decide(warehouse: Warehouse, sheet: str, lot_id: Any, counted: int) -> Any:
    """Take a number for true at A-01."""
    wish = DecideCount(sheet, UUID(str(lot_id)), "A-01", counted, DANA)
    with warehouse.working() as work:
        return decide_count(work, wish)


def rule(warehouse: Warehouse, sheet: str, scan_id: Any, answer: str) -> Any:
    """Say what a conflicting count is."""
    wish = RuleOnCount(sheet, UUID(str(scan_id)), answer, DANA)
    with warehouse.working() as work:
        return rule_on_count(work, wish)
