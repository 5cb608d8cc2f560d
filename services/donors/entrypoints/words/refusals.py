"""Refusals about values, receipts, thanks, pledges, contracts and letters, in words."""

from collections.abc import Mapping

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
    "wrong_unsubscribe_link": _l(
        "This link is not complete, or no longer needed: no letters are sent to its "
        "address. Use the link of the newest letter."
    ),
}
