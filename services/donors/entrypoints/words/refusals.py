"""Refusals about values, receipts, thanks, pledges, contracts and letters, in words."""

from collections.abc import Mapping

from shared.kernel.errors import DomainError, MalformedError
from shared.web.problems import problem_text
from shared.web.words import LazyText, _l

GIVING_TEXTS: Mapping[str, LazyText] = {
    "rate_missing": _l(
        "A value in %(currency)s needs its rate to tenge, with source and day. "
        "Nothing is converted without being seen."
    ),
    "not_in_gift": _l(
        "Gift %(gift_number)s has no %(product_code)s. Choose one of its products."
    ),
    "nothing_to_receipt": _l(
        "Nothing of gift %(gift_number)s can be receipted yet. "
        "Goods that are shown late count from the next day."
    ),
    "already_thanked": _l("The donor was already thanked for gift %(gift_number)s."),
    "thanks_sent": _l(
        "Thanks for gift %(gift_number)s went out by mail. Nothing can be undone."
    ),
    "no_contact": _l(
        "Donor %(donor_code)s has no e-mail address with consent. "
        "Enter one, or use paper."
    ),
    "unknown_receipt": _l(
        "No receipt %(receipt_number)s is yours to see. Check the number."
    ),
    "unknown_pledge": _l("No pledge %(pledge_number)s is known. Check the number."),
    "pledge_ended": _l("Pledge %(pledge_number)s has already ended."),
    "not_of_this_donor": _l(
        "%(number)s does not belong to donor %(donor_code)s. Choose one that does."
    ),
    "unknown_contract": _l(
        "No contract %(contract_number)s is known. Check the number."
    ),
    "contract_in_use": _l(
        "Contract %(contract_number)s has paid for gifts (%(gifts)s). "
        "Book them to another one first."
    ),
    "wrong_confirmation_link": _l(
        "This link is not complete, is too old, or a newer one counts. Enter the "
        "address again, and a new one is sent."
    ),
    "no_links_sent": _l(
        "This installation sends no letters yet, so no address can be confirmed. "
        "The coordinator may note yours."
    ),
    "asked_too_often": _l(
        "Enough letters were asked for. Look into the mailbox, also among spam, "
        "or ask again in %(minutes)s min."
    ),
    "wrong_unsubscribe_link": _l(
        "This link is not complete, or no longer needed: no letters are sent to its "
        "address. Use the link of the newest letter."
    ),
}

_DAY = _l("Choose a day, such as 2026-12-31.")
_AMOUNT = _l("Write a positive amount, such as 1250.50.")
_CHOOSE = _l("Choose one of what is offered.")

MALFORMED_TEXTS: Mapping[str, LazyText] = {
    "donor_code": _l("Use 1 to 24 capital letters, digits and hyphens, such as EX-D4."),
    "name": _l("A name has 1 to 120 letters and signs."),
    "title": _l("A title has 1 to 120 letters and signs."),
    "email": _l("Write an e-mail address, such as name@example.org."),
    "agrees": _l("Tick that you agree to letters."),
    "anonymous": _l("The donor of gifts that nobody is named for stays as it is."),
    "contact": _l("An anonymous donor has no contact; a receipt number stands for it."),
    "consented_on": _l("Give the day of consent; it cannot be still to come."),
    "due_on": _DAY,
    "expires_on": _DAY,
    "rate_on": _l("Say of which day the rate is."),
    "starts_on": _l("Give the first and the last day."),
    "ends_on": _l("The last day comes before the first."),
    "since": _DAY,
    "until": _l("The period ends before it starts."),
    "amount": _AMOUNT,
    "rate": _l("Write how many tenge one unit of the currency is; tenge need no rate."),
    "rate_source": _l("Say where the rate comes from, in 1 to 120 letters."),
    "currency": _l("Write the currency in three letters: KZT, USD or EUR."),
    "basis": _CHOOSE,
    "kind": _CHOOSE,
    "language": _CHOOSE,
    "source": _CHOOSE,
    "cadence": _CHOOSE,
    "way": _CHOOSE,
    "act": _CHOOSE,
    "quantity": _l("“%(value)s” is not a whole number. Write digits only."),
    "quantity_missing": _l(
        "A product has no quantity. Enter a whole number, or leave the product out."
    ),
    "product_missing": _l(
        "A quantity has no product. Choose one, or leave the quantity out."
    ),
    "lines": _l("Give 1 to 200 lines, each product once."),
    "earmark": _l("Choose at least one group, or leave all empty for free goods."),
    "command_id": _l("This page is incomplete. Load it again."),
}
"""What a field of a form needs; programs read the full sentence in English."""


def refusal_text(refusal: DomainError) -> str:
    """Say a refusal in the reader's language, also one of a single field."""
    if refusal.code == MalformedError.code:
        field = str(refusal.facts.get("field"))
        text = MALFORMED_TEXTS.get(field) or (_AMOUNT if "amount" in field else None)
        if text is not None:
            return str(text) % refusal.facts
    return problem_text(refusal)
