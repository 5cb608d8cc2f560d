"""How goods are asked for, shared and sent in the story, each step a request."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from deploy.demo.places import UNITS, DemoUnit
from deploy.demo.stage import RefusedStepError, Stage
from deploy.demo.warehouse import every, lines_of, scan
from deploy.demo.wishes import wished


def ask(stage: Stage, units: Iterable[DemoUnit], needed_by: date) -> list[str]:
    """Let the teams ask for what their units wish; give the requisitions' ids."""
    return [
        ask_for(stage, unit, needed_by, wished(unit, needed_by.isoformat()))
        for unit in units
    ]


def ask_for(
    stage: Stage, unit: DemoUnit, needed_by: date, wishes: Mapping[str, int]
) -> str:
    """Let a team ask for some products for one unit."""
    team = stage.person(unit.team)
    requisition_id = team.new_id()
    team.post(
        "distribution",
        "/requisitions",
        {
            "requisition_id": requisition_id,
            "unit_code": unit.unit_code,
            "needed_by": needed_by.isoformat(),
            "lines": lines_of(wishes),
        },
    )
    return requisition_id


def approve(stage: Stage, requisition_ids: Iterable[str]) -> None:
    """Let the coordinator accept requisitions as they are."""
    coordinator = stage.person("coordinator")
    for requisition_id in requisition_ids:
        coordinator.post(
            "distribution",
            f"/requisitions/{requisition_id}/approve",
            {"command_id": coordinator.new_id()},
        )


def close_the_month(stage: Stage) -> None:
    """Close what last month's wishes still wait for: it is asked for anew."""
    coordinator = stage.person("coordinator")
    waiting = [
        requisition["requisition_id"]
        for state in ("approved", "partly_fulfilled")
        for requisition in every(
            coordinator, "distribution", "/requisitions", state=state
        )
    ]
    for requisition_id in waiting:
        coordinator.post(
            "distribution",
            f"/requisitions/{requisition_id}/cancel",
            {"command_id": coordinator.new_id(), "reason": "new_one_instead"},
        )


def propose(
    stage: Stage, handover_on: date, product_codes: Sequence[str] | None = None
) -> str:
    """Let the rule propose who gets what, of all that has come in so far."""
    stage.deliver()
    coordinator = stage.person("coordinator")
    run_id = coordinator.new_id()
    body: dict[str, Any] = {"run_id": run_id, "handover_on": handover_on.isoformat()}
    if product_codes:
        body["product_codes"] = list(product_codes)
    coordinator.post("distribution", "/allocation-runs", body)
    return run_id


def override(
    stage: Stage,
    run_id: str,
    quantities: Mapping[tuple[str, str], int],
    reason: str,
) -> None:
    """Let the coordinator decide otherwise for some units and products."""
    coordinator = stage.person("coordinator")
    lines = [
        {
            "unit_code": unit_code,
            "product_code": product_code,
            "quantity": quantity,
            "reason": reason,
        }
        for (unit_code, product_code), quantity in quantities.items()
    ]
    coordinator.patch(
        "distribution",
        f"/allocation-runs/{run_id}/lines",
        {"command_id": coordinator.new_id(), "lines": lines},
    )


def confirm(stage: Stage, run_id: str) -> None:
    """Approve a proposal, and see every product of it reserved."""
    coordinator = stage.person("coordinator")
    coordinator.post(
        "distribution",
        f"/allocation-runs/{run_id}/approve",
        {"command_id": coordinator.new_id()},
    )
    stage.deliver()
    state = coordinator.get("distribution", f"/allocation-runs/{run_id}")["state"]
    if state != "reserved":
        raise RefusedStepError(f"Run {run_id} is {state}.")


def share(stage: Stage, handover_on: date) -> str:
    """Propose for every product and approve it as it is."""
    run_id = propose(stage, handover_on)
    confirm(stage, run_id)
    return run_id


def plan(stage: Stage, facility_code: str, on: date, units: Sequence[str] = ()) -> str:
    """Plan a delivery of what is reserved; give the consignment's number."""
    coordinator = stage.person("coordinator")
    body: dict[str, Any] = {
        "command_id": coordinator.new_id(),
        "facility_code": facility_code,
        "planned_on": on.isoformat(),
    }
    if units:
        body["unit_codes"] = list(units)
    answer = coordinator.post("distribution", "/consignments", body)
    stage.deliver()
    return str(answer["consignment_number"])


def pick_list_of(stage: Stage, consignment_number: str) -> dict[str, Any]:
    """Find the open pick list of a consignment."""
    volunteer = stage.person("volunteer")
    lists = every(volunteer, "inventory", "/pick-lists", status="open")
    return next(
        each for each in lists if each["consignment_number"] == consignment_number
    )


def pick(stage: Stage, pick_list: Mapping[str, Any], *, lines_left: int = 0) -> None:
    """Take what a list asks for from the shelves, perhaps not all of it yet."""
    lines = pick_list["lines"]
    scan(
        stage,
        (
            {
                "action": "pick",
                "pick_list_number": pick_list["pick_list_number"],
                "product_code": line["product_code"],
                "lot_id": line["lot_id"],
                "location_code": line["location_code"],
                "quantity": line["quantity"] - line["picked"],
            }
            for line in lines[: len(lines) - lines_left]
        ),
    )


def send(stage: Stage, facility_code: str, on: date, units: Sequence[str] = ()) -> str:
    """Plan, pick and dispatch a delivery; give the consignment's number."""
    consignment_number = plan(stage, facility_code, on, units)
    pick_list = pick_list_of(stage, consignment_number)
    pick(stage, pick_list)
    volunteer = stage.person("volunteer")
    volunteer.post(
        "inventory",
        f"/pick-lists/{pick_list['pick_list_number']}/dispatch",
        {"command_id": volunteer.new_id()},
    )
    stage.deliver()
    return consignment_number


Mishaps = Mapping[tuple[str, str], Mapping[str, Any]]
"""By unit and product: how many were refused (and why), damaged or short."""


def hand_over(
    stage: Stage, consignment_number: str, mishaps: Mishaps | None = None
) -> None:
    """Let the team account for every unit of issue at the gate."""
    coordinator = stage.person("coordinator")
    path = f"/consignments/{consignment_number}"
    lines = coordinator.get("distribution", path)["lines"]
    team = stage.person(team_of(lines[0]["unit_code"]))
    waiting = dict(mishaps or {})
    team.post(
        "distribution",
        f"{path}/handover",
        {
            "command_id": team.new_id(),
            "occurred_at": stage.step().isoformat(),
            "lines": [_gate_line(line, waiting) for line in lines],
        },
    )
    if waiting:
        raise RefusedStepError(f"{consignment_number} has no {sorted(waiting)}.")


def _gate_line(
    line: Mapping[str, Any], waiting: dict[tuple[str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    """Account for one line; a mishap befalls the first line it fits."""
    mishap = waiting.pop((line["unit_code"], line["product_code"]), {})
    ended = {kind: mishap.get(kind, 0) for kind in ("refused", "damaged", "short")}
    told = {key: line[key] for key in ("unit_code", "product_code", "lot_id")}
    reason = {"refusal_reason": mishap["reason"]} if ended["refused"] else {}
    accepted = line["quantity"] - sum(ended.values())
    return {**told, **ended, **reason, "accepted": accepted}


def team_of(unit_code: str) -> str:
    """Name the team that visits a unit."""
    return next(unit.team for unit in UNITS if unit.unit_code == unit_code)
