"""What the warehouse does again and again in the story, each step a request."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deploy.demo.stage import Person, RefusedStepError, Stage

SCANS_MAX = 500


def scan(
    stage: Stage,
    lines: Iterable[Mapping[str, Any]],
    *,
    ends: str = "applied",
    by: str = "volunteer",
) -> list[dict[str, Any]]:
    """Send scans, one step apart; RefusedStepError if one ends otherwise."""
    person = stage.person(by)
    scans = [
        {
            "scan_id": person.new_id(),
            "occurred_at": stage.step().isoformat(),
            **line,
        }
        for line in lines
    ]
    results: list[dict[str, Any]] = []
    for first in range(0, len(scans), SCANS_MAX):
        body = {"scans": scans[first : first + SCANS_MAX]}
        results.extend(person.post("inventory", "/scans", body)["results"])
    for line, result in zip(scans, results, strict=True):
        if result["status"] != ends:
            raise RefusedStepError(f"{line} should be {ends}: {result}")
    return results


def every(
    person: Person, service: str, path: str, **query: Any
) -> Iterable[dict[str, Any]]:
    """Read a whole list, page by page."""
    cursor: dict[str, Any] = {}
    while True:
        page = person.get(service, path, limit=500, **query, **cursor)
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = {"cursor": page["next"]}


def lots(stage: Stage, product_code: str, **facts: Any) -> list[dict[str, Any]]:
    """Find the stock rows of a product that agree with some facts."""
    rows = every(
        stage.person("volunteer"), "inventory", "/stock", product_code=product_code
    )
    return [
        row for row in rows if all(row[name] == fact for name, fact in facts.items())
    ]


def lines_of(quantities: Mapping[str, int]) -> list[dict[str, Any]]:
    """Write quantities by product as the lines of a request."""
    return [
        {"product_code": product_code, "quantity": quantity}
        for product_code, quantity in quantities.items()
    ]


def count_stock(stage: Stage, found: Iterable[tuple[Mapping[str, Any], int]]) -> None:
    """Count stock rows: each with what was found there."""
    scan(
        stage,
        (
            {
                "action": "count",
                "product_code": row["product_code"],
                "lot_id": row["lot_id"],
                "location_code": row["location_code"],
                "quantity": quantity,
            }
            for row, quantity in found
        ),
    )


def carry(stage: Stage, row: Mapping[str, Any], to: str) -> dict[str, Any]:
    """Move all of a stock row; give the row where it stands now."""
    moved = {
        "action": "move",
        "product_code": row["product_code"],
        "lot_id": row["lot_id"],
        "quantity": row["on_hand"],
        "location_code": row["location_code"],
        "to_location_code": to,
    }
    scan(stage, [moved])
    return {**row, "location_code": to}


def write_off(
    stage: Stage,
    row: Mapping[str, Any],
    reason: str,
    incident_number: str | None = None,
    quantity: int | None = None,
) -> None:
    """Let the coordinator write off a stock row, or a part of it."""
    coordinator = stage.person("coordinator")
    incident = {"incident_number": incident_number} if incident_number else {}
    coordinator.post(
        "inventory",
        "/adjustments",
        {
            "command_id": coordinator.new_id(),
            "lot_id": row["lot_id"],
            "location_code": row["location_code"],
            "quantity": quantity or row["on_hand"],
            "direction": "out",
            "reason": reason,
            **incident,
        },
    )


def write_recipe(
    stage: Stage, product_code: str, components: Mapping[str, int]
) -> None:
    """Let the coordinator say what is in a kit."""
    coordinator = stage.person("coordinator")
    coordinator.put(
        "inventory",
        f"/kit-recipes/{product_code}",
        {"command_id": coordinator.new_id(), "components": lines_of(components)},
    )


def build_kits(
    stage: Stage, product_code: str, quantity: int, location_code: str
) -> None:
    """Let a volunteer pack kits from the lots that have to go first."""
    volunteer = stage.person("volunteer")
    volunteer.post(
        "inventory",
        "/kits",
        {
            "command_id": volunteer.new_id(),
            "product_code": product_code,
            "quantity": quantity,
            "location_code": location_code,
        },
    )


def sign_notes(stage: Stage) -> None:
    """Finish every note that is still open, and let the coordinator check it."""
    volunteer, coordinator = stage.person("volunteer"), stage.person("coordinator")
    notes = volunteer.get("inventory", "/receiving-notes", limit=20)["items"]
    for row in notes:
        one = f"/receiving-notes/{row['note']['grn_number']}"
        if row["note"]["state"] == "open":
            finished = {"command_id": volunteer.new_id(), "condition": "dry and whole"}
            volunteer.post("inventory", f"{one}/finish", finished)
            checked = {"command_id": coordinator.new_id()}
            coordinator.post("inventory", f"{one}/check", checked)


def decide(stage: Stage, lot_id: str, decision: str, reason: str) -> None:
    """Let the reviewer ``release`` or ``quarantine`` a lot."""
    reviewer = stage.person("reviewer")
    reviewer.post(
        "inventory",
        f"/lots/{lot_id}/{decision}",
        {"command_id": reviewer.new_id(), "reason": reason},
    )


def release_waiting(
    stage: Stage, *, of: str | None = None, but: Sequence[str] = ()
) -> None:
    """Release what waits for the reviewer: of one product, but not some lots."""
    rows = every(stage.person("reviewer"), "inventory", "/stock", status="quarantined")
    for row in list(rows):
        if row["lot_number"] not in but and of in {None, row["product_code"]}:
            decide(stage, row["lot_id"], "release", "papers_complete")


def recall(stage: Stage, product_code: str, lot_number: str, reason: str) -> list[str]:
    """Let the reviewer recall a lot number; give the units that got some."""
    reviewer = stage.person("reviewer")
    answer = reviewer.post(
        "inventory",
        "/recalls",
        {
            "command_id": reviewer.new_id(),
            "product_code": product_code,
            "lot_number": lot_number,
            "reason": reason,
        },
    )
    return [each["unit_code"] for each in answer["went_to"]]


def resolve(stage: Stage, waiting: Mapping[str, Any], **entered: Any) -> None:
    """Let the coordinator finish a scan that waits for a person."""
    coordinator = stage.person("coordinator")
    coordinator.post(
        "inventory",
        f"/attention/{waiting['scan_id']}/resolve",
        {"command_id": coordinator.new_id(), **entered},
    )


def discard(stage: Stage, waiting: Mapping[str, Any], reason: str) -> None:
    """Let the coordinator lay a waiting scan aside."""
    resolve(stage, waiting, discard_reason=reason)
