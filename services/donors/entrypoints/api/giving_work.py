"""What pages and programs both do with values, papers, thanks and periods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from services.donors.application.giving_ports import Written
from services.donors.application.issue_receipt import issue_receipt
from services.donors.application.thank_donor import MAIL, thank_donor
from services.donors.domain.contract import Contract, FundingSource, Gap, gaps
from services.donors.domain.fulfilment import fulfilments
from services.donors.domain.totals import Totals, summed
from services.donors.domain.value import Basis, Rate, UnitValue
from services.donors.entrypoints.papers.giving import receipt_paper
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.wiring import Donors
from shared.database.commands import Command
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError
from shared.mail.enclosure import Enclosure
from shared.web.papers import plain_name


@dataclass(frozen=True, slots=True)
class Group:
    """The gifts of a donor that one funding source paid for, added up."""

    donor_code: str
    source: FundingSource
    gifts: int
    announced: int
    refused: int
    still_to_come: int
    totals: Totals


def groups_of(app: Donors, since: date, until: date) -> Sequence[Group]:
    """Add the gifts announced in a period up, by donor and funding source."""
    accounts: dict[tuple[str, FundingSource], list[Any]] = {}
    for each in app.giving.funded(since, until):
        key = each.account.donor_code, each.source
        accounts.setdefault(key, []).append(each.account)
    return [
        _group(code, source, accounts[code, source])
        for code, source in sorted(accounts)
    ]


def _group(code: str, source: FundingSource, accounts: Sequence[Any]) -> Group:
    parts = [part for each in accounts for part in fulfilments([each])]
    return Group(
        donor_code=code,
        source=source,
        gifts=len(accounts),
        announced=sum(part.announced for part in parts),
        refused=sum(part.refused for part in parts),
        still_to_come=sum(part.still_to_come for part in parts),
        totals=summed(part.totals for part in parts),
    )


def period(app: Donors, since: date | None, until: date | None) -> tuple[date, date]:
    """Give the period asked for; the running year fills what is left out."""
    today = local_day(app.clock.now())
    chosen = since or date(today.year, 1, 1), until or date(today.year, 12, 31)
    if chosen[1] < chosen[0]:
        raise MalformedError("The period ends before it starts.", field="until")
    return chosen


def gaps_by_source(
    contracts: Sequence[Contract], today: date
) -> Sequence[tuple[FundingSource, Gap]]:
    """Give what each funding source leaves uncovered from today on."""
    return [
        (source, gap)
        for source in FundingSource
        for gap in gaps((c for c in contracts if c.source is source), today)
    ]


def value_from(body: dict[str, Any]) -> UnitValue:
    """Make a value of what came in; a rate needs its day."""
    amount, rate = body["amount"], body["rate"]
    if rate is not None and body["rate_on"] is None:
        raise MalformedError("Say of which day the rate is.", field="rate_on")
    kept = None
    if rate is not None:
        kept = Rate(Decimal(rate), body["rate_source"].strip(), body["rate_on"])
    currency = body["currency"].strip().upper()
    return UnitValue(Decimal(amount), currency, Basis(body["basis"]), kept)


def thank(
    app: Donors,
    command: Command,
    gift_number: str,
    way: str,
    catalogue: Callable[[], Any],
) -> Any:
    """Thank once, by a letter that tells no more than the donor may see today.

    The catalogue is asked for where a letter is written.
    """
    letter = None
    if way == MAIL:
        [paper] = app.giving.papers([gift_number])
        if paper.donor.contact_email:
            letter = _thanks_by_mail(paper, catalogue())
    return app.perform(
        command,
        lambda work: thank_donor(
            work, gift_number, command.account, way=way, letter=letter
        ),
    )


def _thanks_by_mail(paper: Any, catalogue: Any) -> Written:
    """Write the letter of thanks, with the donor's receipt if one was issued."""
    letter = GiftLetters().thanks(paper, catalogue).written()
    if paper.receipt is None:
        return letter
    made = receipt_paper(paper.receipt, paper.donor, catalogue)
    enclosed = Enclosure(f"{plain_name(paper.receipt.receipt_number)}.pdf", made)
    return replace(letter, enclosed=enclosed)


def receipt(app: Donors, command: Command, gift_number: str) -> Any:
    """Issue a receipt."""
    return app.perform(command, lambda work: issue_receipt(work, gift_number))
