"""Decide what becomes of approved goods that did not come within their month."""

from typing import Any

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.carrying import LAPSED, CarryRule
from services.distribution.domain.errors import EffectiveTooEarlyError
from services.distribution.domain.requisition import RequisitionHead, RequisitionState


def set_carry_rule(
    rule: CarryRule, work: DistributionWork, *, account: str
) -> dict[str, Any]:
    """Set what holds from a day on; what lapsed before stays lapsed.

    Raises EffectiveTooEarlyError for a day that is over.
    """
    today = work.today()
    if rule.effective_from < today:
        raise EffectiveTooEarlyError(rule.effective_from, today)
    work.carry_rules.add(rule, account)
    return {
        "effective_from": rule.effective_from.isoformat(),
        "lapses_after_days": rule.lapses_after_days,
    }


def lapse_open(work: DistributionWork) -> int:
    """Let go of what is overdue by today's rule; says how many lines lapsed.

    Goods promised or on their way are waited for. Harmless to call again. A
    requisition of which nothing came and nothing is left is cancelled.
    """
    today = work.today()
    rule = work.carry_rules.on(today)
    if rule.lapses_after_days is None:
        return 0
    work.carry_rules.lock()
    lapsed = 0
    for head in work.carry_rules.overdue(today):
        last = rule.last_day(head.needed_by)
        if last is not None and last < today:
            lapsed += let_go(head, LAPSED, work)
    return lapsed


def let_go(head: RequisitionHead, reason: str, work: DistributionWork) -> int:
    """Wait no more for what is open of a requisition; says how many lines it was.

    One of which nothing came and nothing is under way is cancelled for the reason,
    also where it was let go of before and a correction undid that.
    """
    found = work.requisitions.progress_by_product(head.requisition_id)
    open_lines = {code: line for code, line in found.items() if line.still_open}
    for product_code, line in open_lines.items():
        work.carry_rules.lapse(head.requisition_id, product_code, line.still_open)
    is_let_go = open_lines or any(line.lapsed for line in found.values())
    if is_let_go and not any(line.accepted + line.underway for line in found.values()):
        work.requisitions.set_state(
            head.requisition_id, RequisitionState.CANCELLED, reason
        )
        work.count("requisition", RequisitionState.CANCELLED)
    return len(open_lines)
