"""What letters to donors say, in their language: links, thanks, reminders, news."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.donors.application.giving_ports import Written
from services.donors.application.issue_receipt import refused_of
from services.donors.application.letters import DigestFacts, LinkFacts, ReminderFacts
from services.donors.domain.donor import DonorKind
from services.donors.domain.fulfilment import fulfilments
from services.donors.domain.happening import Told
from services.donors.domain.promise import Reminder
from services.donors.entrypoints.words.letter_frame import Sheet
from services.donors.entrypoints.words.terms import HAPPENINGS, reason_in
from shared.web import formats
from shared.web.languages import speaking
from shared.web.saying import said
from shared.web.units import counted_unit
from shared.web.words import _l

NEWS_MAX = 40

GREETING = _l("Good day, %(name)s!")
GREETING_UNNAMED = _l("Good day!")
SIGNED = _l("Thank you. The Komek programme")

DIGEST_SUBJECT = _l("Your gifts: what is new since %(day)s")
DIGEST_OPENING = _l("This has happened to your gifts since %(day)s:")
DIGEST_MORE = _l("and %(count)s more, on your page")
DIGEST_NUMBERS = _l("How it stands, over all your gifts:")
DIGEST_LINE = _l(
    "%(what)s: received %(received)s = in stock %(in_stock)s + on the way "
    "%(in_transit)s + accepted %(accepted)s + lost %(lost)s + returned %(returned)s"
)
DIGEST_LATE = _l(
    "Some goods are told with a delay and without a place, so that nobody can be "
    "found by them."
)
DIGEST_HOME = _l("Open your page")
DIGEST_LEAVE = _l("Receive no more such letters")
NEWS_LINE = _l("%(when)s: %(what)s")
QUANTITY = _l("%(quantity)s %(unit)s %(product)s")
WITH_REASON = _l("%(what)s (%(reason)s)")

THANKS_SUBJECT = _l("Thank you for gift %(number)s")
REFUSED_SUBJECT = _l("About gift %(number)s")
THANKS_OPENING = _l("Your gift %(number)s has come. Thank you! We took in:")
REFUSED_ONLY = _l("Thank you for thinking of us with gift %(number)s.")
REFUSED_LIST = _l("This we could not take in:")
REFUSED_WHY = _l(
    "We are sorry. We refuse only what could not reach people in time or may not be "
    "given to them. Please look at what is needed before the next gift, or ask us."
)
THANKS_RECEIPT = _l("Your receipt: %(number)s.")

SOON_SUBJECT = _l("Your pledge %(number)s, due on %(day)s")
SOON_OPENING = _l("By %(day)s you promised:")
SOON_ASK = _l("Is it on its way? Tell us when it comes, so that somebody is there.")
LATE_OPENING = _l("We waited for this until %(day)s:")
LATE_ASK = _l("If something came between, tell us; we then look for it elsewhere.")

LINK_SUBJECT = _l("Is this your address?")
LINK_OPENING = _l(
    "Somebody entered this address to receive letters about gifts to the Komek "
    "programme."
)
LINK_WHAT = _l("If it was you, confirm it. The link works once, until %(moment)s.")
LINK_OPEN = _l("Confirm the address")
LINK_ELSE = _l(
    "If it was not you, do nothing: nothing else is sent here, and the address is "
    "forgotten."
)


class GiftLetters:
    """The port ``LetterWords``, and thanks."""

    def digest(self, facts: DigestFacts) -> Written:
        """Tell what is new, how it stands, and how to end such letters."""
        language = facts.language
        day = formats.day(facts.since, language)
        sheet = _begun(said(DIGEST_SUBJECT, language, day=day), facts.name, language)
        shown = [_news(line, facts) for line in facts.news[:NEWS_MAX]]
        if rest := len(facts.news) - len(shown):
            count = formats.number(rest, language)
            shown.append(said(DIGEST_MORE, language, count=count))
        sheet.listed(said(DIGEST_OPENING, language, day=day), shown)
        sheet.listed(said(DIGEST_NUMBERS, language), _standing(facts))
        sheet.paragraph(said(DIGEST_LATE, language))
        sheet.link(said(DIGEST_HOME, language), facts.home_url)
        sheet.link(said(DIGEST_LEAVE, language), facts.leave_url)
        return sheet.written()

    def link(self, facts: LinkFacts) -> Written:
        """Ask whether an address is right; it names nobody, for it may be wrong."""
        language = facts.language
        sheet = _begun(said(LINK_SUBJECT, language), "", language)
        sheet.paragraph(said(LINK_OPENING, language))
        moment = formats.moment(facts.works_until, language)
        sheet.paragraph(said(LINK_WHAT, language, moment=moment))
        sheet.link(said(LINK_OPEN, language), facts.url)
        sheet.paragraph(said(LINK_ELSE, language))
        return sheet.written()

    def reminder(self, facts: ReminderFacts) -> Written:
        """Ask kindly after a pledge, before its day or some days after it."""
        language = facts.language
        day = formats.day(facts.due_on, language)
        is_late = facts.kind is Reminder.OVERDUE
        subject = said(SOON_SUBJECT, language, number=facts.pledge_number, day=day)
        sheet = _begun(subject, facts.name, language)
        opening = LATE_OPENING if is_late else SOON_OPENING
        lines = [_amount(facts.catalogue, *line, language) for line in facts.lines]
        sheet.listed(said(opening, language, day=day), lines)
        sheet.paragraph(said(LATE_ASK if is_late else SOON_ASK, language))
        sheet.paragraph(said(SIGNED, language))
        return sheet.written()

    def thanks(self, paper: Any, catalogue: Any) -> Sheet:
        """Thank for what came, and say kindly why the rest was not taken in."""
        account, donor = paper.account, paper.donor
        language, number = donor.language, account.gift_number
        came = [
            _amount(catalogue, each.product_code, each.totals.received, language)
            for each in fulfilments([account])
            if each.totals.received
        ]
        subject = THANKS_SUBJECT if came else REFUSED_SUBJECT
        name = "" if donor.kind == DonorKind.ANONYMOUS.value else donor.name
        sheet = _begun(said(subject, language, number=number), name, language)
        sheet.listed(said(THANKS_OPENING, language, number=number), came)
        if not came:
            sheet.paragraph(said(REFUSED_ONLY, language, number=number))
        _add_refused(sheet, paper, catalogue)
        if came and paper.receipt:
            kept = paper.receipt.receipt_number
            sheet.paragraph(said(THANKS_RECEIPT, language, number=kept))
        sheet.paragraph(said(SIGNED, language))
        return sheet


def _add_refused(sheet: Sheet, paper: Any, catalogue: Any) -> None:
    language = sheet.language
    refused = [
        _refusal(catalogue, each, language) for each in refused_of(paper.account)
    ]
    if refused:
        sheet.listed(said(REFUSED_LIST, language), refused)
        sheet.paragraph(said(REFUSED_WHY, language))


def _begun(subject: str, name: str, language: str) -> Sheet:
    sheet = Sheet(subject, language)
    greeting = GREETING if name else GREETING_UNNAMED
    sheet.paragraph(said(greeting, language, name=name))
    return sheet


def _standing(facts: DigestFacts) -> Sequence[str]:
    return [
        said(
            DIGEST_LINE,
            facts.language,
            what=facts.catalogue.words(each.product_code, facts.language).name,
            **{
                name: formats.number(getattr(each.totals, name), facts.language)
                for name in (
                    *("received", "in_stock", "in_transit"),
                    *("accepted", "lost", "returned"),
                )
            },
        )
        for each in fulfilments(facts.accounts)
    ]


def _news(line: Told, facts: DigestFacts) -> str:
    language = facts.language
    amount = _amount(facts.catalogue, line.product_code, line.quantity, language)
    what = said(HAPPENINGS[line.kind], language, what=amount)
    if line.reason:
        reason = reason_in(line.reason, language)
        what = said(WITH_REASON, language, what=what, reason=reason)
    return said(NEWS_LINE, language, when=_when(line.when, language), what=what)


def _refusal(catalogue: Any, refused: tuple[str, int, str], language: str) -> str:
    code, quantity, reason = refused
    return said(
        WITH_REASON,
        language,
        what=_amount(catalogue, code, quantity, language),
        reason=reason_in(reason, language),
    )


def _amount(catalogue: Any, code: str, quantity: int, language: str) -> str:
    words = catalogue.words(code, language)
    with speaking(language):
        unit = counted_unit(words.unit_of_issue, quantity)
    return said(
        QUANTITY,
        language,
        quantity=formats.number(quantity, language),
        unit=unit,
        product=words.name,
    )


def _when(when: str, language: str) -> str:
    """Write a day, or a month where a day would tell too much."""
    if len(when) == len("2026-11"):
        return formats.month(date.fromisoformat(f"{when}-01"), language)
    return formats.day(date.fromisoformat(when), language)
