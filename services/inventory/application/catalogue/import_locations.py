"""Take a table of places into the warehouse."""

from services.inventory.application.catalogue.importing import (
    CellFault,
    Rows,
    TableKind,
    numbered,
    repeated,
)
from services.inventory.application.ports.work import Work
from services.inventory.domain.import_rows import (
    LOCATION_COLUMNS,
    LOCATION_REQUIRED,
    read_location,
)


def _check(work: Work, rows: Rows) -> list[CellFault]:
    """Name bad cells; a place keeps its kind, because goods there depend on it."""
    faults, keys = [], []
    kinds = work.ledger.location_kinds
    for number, row in numbered(rows):
        place, found = read_location(row)
        faults += [CellFault.of(number, fault) for fault in found]
        keys.append((number, place.location_code, place.location_code))
        known = kinds.get(place.location_code)
        if place.kind and known not in {None, place.kind}:
            text = f"{place.location_code} is a place of the kind {known} already"
            facts = {"known": known}
            faults.append(
                CellFault(number, "kind", text, "kind_changes", facts, place.kind)
            )
    return faults + repeated("location_code", keys)


def _apply(work: Work, rows: Rows, _account: str) -> int:
    places = [read_location(row)[0] for _, row in numbered(rows)]
    for each in places:
        work.places.save(
            each.location_code, name=each.name, kind=each.kind, sequence=each.sequence
        )
    return len(places)


LOCATION_TABLE = TableKind(
    columns=LOCATION_COLUMNS,
    required=LOCATION_REQUIRED,
    example=("A-07", "Shelf A-07", "storage", "70"),
    check=_check,
    apply=_apply,
)
