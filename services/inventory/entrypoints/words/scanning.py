"""What a person reads when a scan was not simply taken: number, reason, remedy.

The facts named here are those that every fault of the code carries; a text whose
facts are missing would fall back to English.
"""

from collections.abc import Mapping

from shared.web.words import LazyText, _l

SCAN_FAULT_TEXTS: Mapping[str, LazyText] = {
    "EMPTY": _l("Nothing was scanned. Aim again and wait for the beep."),
    "TOO_LONG": _l(
        "The scan is longer than %(limit)s characters. Scan one code at a time."
    ),
    "BAD_SYMBOLOGY_ID": _l(
        "The sign after ] is unknown. Scan again, or switch the code prefix off in "
        "the scanner."
    ),
    "WRONG_KEYBOARD_LAYOUT": _l(
        "The scan holds Cyrillic letters. Switch the keyboard to English and scan "
        "again."
    ),
    "INVALID_CHARACTER": _l(
        "The code holds a sign that no barcode may hold. Scan again, or type what is "
        "printed."
    ),
    "BAD_LENGTH": _l(
        "Digits read: %(length)s; needed: 8, 12, 13, 14 or 18. Scan again, or type "
        "every digit."
    ),
    "BAD_CHECK_DIGIT": _l(
        "The last digit does not fit the others. Scan again, or compare the number "
        "with the print."
    ),
    "ZERO_GTIN": _l(
        "The number is only zeros and names nothing. Scan the maker's code instead."
    ),
    "UNKNOWN_AI": _l(
        "From character %(position)s on the code has no known meaning. Scan again, or "
        "type the number under the bars."
    ),
    "TRUNCATED_ELEMENT": _l(
        "Part (%(ai)s) of the code is cut short. Scan again with the whole code in "
        "view."
    ),
    "VALUE_TOO_LONG": _l(
        "Part (%(ai)s) of the code is longer than allowed: a separator was probably "
        "lost. Type lot and date from the print."
    ),
    "BAD_DATE": _l(
        "Part (%(ai)s) of the code is no day of the calendar. Type the date from the "
        "print."
    ),
    "ZERO_COUNT": _l("The code says there are 0 inside. Count, and type the number."),
    "DUPLICATE_AI": _l(
        "Part (%(ai)s) is there twice with different values. Scan one code at a time."
    ),
    "AI_CONFLICT": _l(
        "Parts (%(ai)s) and (%(other)s) exclude each other. Scan the pack and its "
        "case one after the other."
    ),
    "MISSING_COMPANION": _l(
        "Part (%(ai)s) says nothing alone. Scan the other code on the pack too."
    ),
    "MULTIPLE_CODES": _l(
        "Several codes ran into one. Scan them one at a time; the scanner has to send "
        "Enter after each."
    ),
    "BAD_HRI": _l(
        "The brackets do not fit. Type the code as printed, for example (01)…(17)…(10)…"
    ),
    "BAD_URI": _l(
        "The web address holds no product number. Scan another code on the pack."
    ),
    "UNSUPPORTED_URI": _l(
        "This is a label of another kind, not a pack. Scan it where it belongs."
    ),
    "NOT_GS1": _l(
        "This is no product code. Scan another code on the pack, or choose the product."
    ),
}

SHORT_REASONS: Mapping[str, LazyText] = {
    "unknown_product": _l("The code is not known here"),
    "unknown_pack": _l("Nobody knows how many this case holds"),
    "pack_scanned_before": _l("This very pack was taken in before"),
    "lot_missing": _l("The code does not say the lot"),
    "expiry_missing": _l("The code does not say the expiry date"),
    "separator_doubtful": _l("Lot and date may have run together"),
    "temperature_missing": _l("Kept cold: the temperature is missing"),
    "short_life_needs_consent": _l("It expires too soon; a coordinator has to agree"),
    "return_not_judged": _l("It came back; a coordinator has to agree"),
    "code_in_text": _l("A code stands where words belong"),
    "lot_recalled": _l("This lot was recalled"),
    "lot_ambiguous": _l("More than one lot fits"),
    "count_below_reserved": _l("Less was counted than is promised"),
    "count_conflict": _l("Two people counted this lot"),
    "counted_before": _l("The same person counted this lot twice"),
    "expired": _l("Past its last day of use"),
    "shelf_life_too_short": _l("It expires too soon"),
    "product_refused": _l("This is never taken in here"),
    "lot_not_available": _l("This lot may not be given out"),
    "insufficient_stock": _l("There is less here than that"),
    "not_on_pick_list": _l("The pick list does not ask for this"),
    "lot_not_asked_for": _l("The pick list asks for another lot"),
    "lot_needed": _l("The code does not say the lot"),
    "more_than_asked": _l("More than the pick list asks for"),
    "pick_list_closed": _l("This pick list is closed"),
    "awaiting_gift": _l("The gift is not announced yet"),
}
"""The line under the word of the scan card and in lists, readable from a metre."""


def short_reason(code: str | None) -> LazyText:
    """Give the few words of a code; scans that cannot be read share one."""
    if code in SCAN_FAULT_TEXTS:
        return _l("The code cannot be read")
    return SHORT_REASONS.get(code or "", _l("A rule stands against it"))
