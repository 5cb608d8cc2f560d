"""Losses on paper: the report of an incident, the record of a destruction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.inventory.application.losses.queries import (
    DestructionView,
    IncidentView,
    LossLineView,
)
from services.inventory.application.page_views import ProductStock
from services.inventory.entrypoints.words.counting import (
    DESTRUCTION_STATES,
    INCIDENT_WORDS,
    METHOD_WORDS,
    ROLE_WORDS,
)
from services.inventory.entrypoints.words.terms import REASONS, name_of
from shared.web.papers import day, detail, frame, lines, number, signature, signed
from shared.web.units import counted_unit
from shared.web.words import _

Names = Mapping[str, ProductStock]
Initials = Callable[[str | None], str]


def loss_report_facts(
    report: IncidentView, names: Names, initials: Initials, printed_at: datetime
) -> dict[str, Any]:
    """Lay a loss report out: number, facts, value, action and approvers.

    An incident that nobody described yet leaves those lines for a hand.
    """
    dated = report.opened_at or printed_at
    approvers = ", ".join(filter(None, map(initials, report.approvers)))
    value = number(report.value_tenge)
    return {
        **frame(_("Loss report"), report.incident_number, dated),
        "details": [
            detail(_("What happened"), _word("cause", report.cause)),
            detail(_("On which day"), day(report.happened_on)),
            detail(_("How it came out"), _word("discovered", report.discovered)),
            detail(_("What was seen"), _word("facts", report.facts)),
            detail(_("What was done"), _word("action", report.action)),
            detail(_("Value in tenge"), value),
            detail(_("Recorded by"), initials(report.described_by)),
            detail(_("Approved by"), approvers),
        ],
        "lines_title": _("Written off under it"),
        "lines": _goods(report.lines, names),
        "boxes": [signature(_("Recorded by")), signature(_("Approved by"))],
    }


def destruction_facts(
    record: DestructionView, names: Names, initials: Initials
) -> dict[str, Any]:
    """Lay a destruction record out: lots, quantities, method, two roles, dates."""
    state = str(DESTRUCTION_STATES[record.status][2])
    first = _confirmed(record.first_at, record.first_role, initials(record.first_by))
    second = _confirmed(
        record.second_at, record.second_role, initials(record.second_by)
    )
    return {
        **frame(_("Destruction record"), record.destruction_number, record.opened_at),
        "details": [
            detail(_("Method"), str(METHOD_WORDS[record.method])),
            detail(_("State"), state),
            detail(_("Incident"), record.incident_number or "", is_code=True),
            detail(_("Opened"), signed(record.opened_at, initials(record.opened_by))),
            detail(_("First confirmation"), first),
            detail(_("Second confirmation"), second),
        ],
        "lines_title": _("Goods"),
        "lines": _goods(record.lines, names),
        "boxes": [
            signature(_("First confirmation")),
            signature(_("Second confirmation")),
        ],
    }


def _goods(shown: Sequence[LossLineView], names: Names) -> Mapping[str, Any]:
    heads = [
        _("Product"),
        _("Lot"),
        _("Use by"),
        _("Gift"),
        _("Place"),
        _("Why"),
        _("How many"),
        _("Counted in"),
    ]
    return lines(heads, [_row(line, names.get(line.product_code)) for line in shown])


def _row(line: LossLineView, product: ProductStock | None) -> Sequence[str]:
    return [
        name_of(product.names, line.product_code) if product else line.product_code,
        line.lot_number,
        day(line.expires_on),
        line.gift_number,
        line.location_code,
        str(REASONS.get(line.reason, line.reason)),
        number(line.quantity),
        counted_unit(product.unit_of_issue, line.quantity) if product else "",
    ]


def _word(field: str, chosen: str | None) -> str:
    return str(INCIDENT_WORDS[field][chosen]) if chosen else ""


def _confirmed(instant: datetime | None, role: str | None, initials: str) -> str:
    """Name the role first: two roles are what the rule asks for."""
    if instant is None or role is None:
        return ""
    return f"{ROLE_WORDS[role]} · {signed(instant, initials)}"
