"""Words for funding sources, risks of earmarks, cadences and ends of pledges."""

from collections.abc import Mapping
from typing import Any

from services.donors.application.searches import GiftStage
from services.donors.domain.contract import FundingSource
from services.donors.domain.digest import Cadence
from services.donors.domain.earmark import EarmarkRisk, Warned
from services.donors.domain.promise import PledgeState
from shared.web import formats
from shared.web.languages import current_language
from shared.web.words import LazyText, _, _l, ngettext

TOLD_DAYS_MAX = 730
"""A stock that lasts longer is not counted in days any more."""

SOURCES: Mapping[FundingSource, LazyText] = {
    FundingSource.STATE: _l("state social contract"),
    FundingSource.GRANT: _l("grant"),
    FundingSource.COMPANY: _l("company"),
    FundingSource.PRIVATE: _l("private person"),
    FundingSource.NONE: _l("without a contract"),
}

PLEDGE_STATES: Mapping[PledgeState, LazyText] = {
    PledgeState.OPEN: _l("open"),
    PledgeState.OVERDUE: _l("overdue"),
    PledgeState.CAME: _l("came"),
    PledgeState.WITHDRAWN: _l("withdrawn"),
}

STAGES: Mapping[GiftStage, LazyText] = {
    GiftStage.EXPECTED: _l("nothing has come yet"),
    GiftStage.IN_STOCK: _l("something is in stock"),
    GiftStage.ON_THE_WAY: _l("something is on the way"),
    GiftStage.GONE: _l("nothing is left"),
}

WAYS_OF_THANKS: Mapping[str, LazyText] = {
    "mail": _l("thanked by e-mail"),
    "paper": _l("thanked on paper"),
    "spoken": _l("thanked in person"),
}

CADENCES: Mapping[Cadence, LazyText] = {
    Cadence.NEVER: _l("no regular letters"),
    Cadence.WEEKLY: _l("every Monday"),
    Cadence.MONTHLY: _l("on the first of each month"),
}


def warning_text(warned: Warned, catalogue: Any) -> str:
    """Say what an earmark may cause."""
    language = current_language()
    name = ""
    if warned.product_code:
        name = catalogue.words(warned.product_code, language).name
    quantity = formats.number(warned.quantity, language)
    if warned.risk is EarmarkRisk.NOBODY:
        return _("No open unit belongs to these groups, so nobody can be given it.")
    if warned.risk is EarmarkRisk.FEW_PLACES:
        return _few_places(warned.facilities)
    if warned.risk is EarmarkRisk.LASTS_LONG:
        return _lasts_long(name, quantity, warned.days or 0)
    day = formats.day(warned.expires_on, language) if warned.expires_on else ""
    return _(
        "%(product)s: about %(quantity)s may expire unused by %(day)s, for these "
        "groups need little of it.",
        product=name,
        quantity=quantity,
        day=day,
    )


def _few_places(facilities: int) -> str:
    few = ngettext(
        "Only %(num)s facility can use it.",
        "Only %(num)s facilities can use it.",
        facilities,
    )
    late = _(
        "It may wait long. The donor sees its numbers a day late, and what was sent of "
        "it stays “on the way” until its month is frozen, thirty days after its end at "
        "the earliest."
    )
    return f"{few} {late}"


def _lasts_long(product: str, quantity: str, days: int) -> str:
    if days > TOLD_DAYS_MAX:
        return _(
            "%(product)s: %(quantity)s would last these groups more than two years.",
            product=product,
            quantity=quantity,
        )
    return _(
        "%(product)s: %(quantity)s would last these groups about %(days)s days.",
        product=product,
        quantity=quantity,
        days=formats.number(days, current_language()),
    )
