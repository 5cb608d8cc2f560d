"""Counting and losses in words: states, refusals, choices of a form."""

from collections.abc import Mapping

from shared.web.words import LazyText, _l

LINE_STATES: Mapping[str, tuple[str, str, LazyText]] = {
    "uncounted": ("", "tally", _l("Not counted yet")),
    "counted": ("ok", "check", _l("Counted")),
    "agreed": ("ok", "check", _l("Counted twice, both agree")),
    "decided": ("ok", "check", _l("Decided")),
    "second_count_needed": ("warn", "users", _l("Second count by another person")),
    "counts_differ": ("warn", "tri", _l("Two counts differ")),
}

OUTCOMES: Mapping[str, LazyText] = {
    "equal": _l("as in the books"),
    "booked": _l("booked"),
    "covered": _l("a later count says more"),
}

QUESTIONS: Mapping[str, LazyText] = {
    "count_conflict": _l(
        "Somebody else counted this lot too. A coordinator says which is true."
    ),
    "counted_before": _l(
        "You counted this lot before. A coordinator says whether this adds or replaces."
    ),
}

COUNT_TEXTS: Mapping[str, LazyText] = {
    "count_conflict": _l(
        "Somebody else counted lot %(lot_number)s at %(place)s for "
        "%(count_sheet_number)s too. A coordinator says which count is true."
    ),
    "counted_before": _l(
        "You counted lot %(lot_number)s at %(place)s before. Say whether this adds to "
        "it or replaces it."
    ),
    "count_sheet_unknown": _l(
        "There is no count sheet %(count_sheet_number)s. Choose one of the list."
    ),
    "count_sheet_closed": _l(
        "Count sheet %(count_sheet_number)s is finished. Plan a new one and count "
        "again."
    ),
    "not_on_count_sheet": _l(
        "%(count_sheet_number)s counts %(counts)s only. Choose that, or another sheet."
    ),
    "count_unsettled": _l(
        "%(count_sheet_number)s cannot be finished yet. Second counts open: "
        "%(second_counts)s, decisions open: %(decisions)s. Settle them first."
    ),
    "uncounted_lots": _l(
        "Lots not counted: %(lots)s. Say that nothing is there, or that they stay "
        "uncounted."
    ),
    "count_overtaken": _l(
        "More of lot %(lot_number)s has left %(place)s or is promised since the count "
        "than was found. Count it again, or free a reservation."
    ),
    "being_counted": _l(
        "%(product_code)s is being counted on %(count_sheet_number)s, so its numbers "
        "are hidden from those who count. Finish the sheet, or ask a coordinator."
    ),
    "count_sheets_overlap": _l(
        "Count sheet %(count_sheet_number)s is open and counts %(counts)s; a second "
        "sheet would count some of the same goods. Finish that one first."
    ),
    "counted_on_other_sheet": _l(
        "Lot %(lot_number)s at %(place)s was counted for %(count_sheet_number)s, which "
        "is still open. Count it there."
    ),
    "nothing_to_decide": _l(
        "This count does not wait for a decision any more. Load the sheet again."
    ),
}

LOSS_TEXTS: Mapping[str, LazyText] = {
    "second_role_needed": _l(
        "%(destruction_number)s has its first confirmation. Another person with "
        "another role confirms it too."
    ),
    "destruction_unknown": _l(
        "There is no destruction record %(destruction_number)s. Choose one of the list."
    ),
    "destruction_closed": _l(
        "Destruction record %(destruction_number)s is closed. Start a new one for what "
        "is still there."
    ),
    "nothing_to_destroy": _l(
        "Nothing expired or recalled waits to be destroyed. Free what is reserved, or "
        "look at the open records."
    ),
    "destruction_needed": _l(
        "Expired and recalled goods need a destruction record that two people confirm. "
        "Start one."
    ),
    "incident_unknown": _l("There is no incident %(incident_number)s. Open it first."),
    "incident_described": _l(
        "Incident %(incident_number)s was described before. Load it again to see by "
        "whom."
    ),
    "write_off_unknown": _l("This write-off is not here. Load the list again."),
    "write_off_decided": _l(
        "Somebody decided this write-off already. Load the list again."
    ),
    "own_write_off": _l(
        "You recorded the write-off of lot %(lot_number)s yourself. Ask another "
        "coordinator to approve it."
    ),
}

LOSS_FORMS: Mapping[str, tuple[str, LazyText, LazyText]] = {
    "DAMAGED": (
        "broken",
        _l("Damaged"),
        _l("Broken, wet, torn or spoiled; it cannot be given out."),
    ),
    "COLD_CHAIN": (
        "temp",
        _l("Got too warm or too cold"),
        _l("Kept outside its temperature range."),
    ),
    "LOST": (
        "what",
        _l("Lost"),
        _l("Nobody finds it. Opens an incident with a loss report."),
    ),
    "STOLEN": (
        "lock",
        _l("Stolen"),
        _l("Taken by somebody. Opens an incident with a loss report."),
    ),
    "SAMPLE": (
        "eye",
        _l("Sample"),
        _l("Opened to check its quality; counts as lost."),
    ),
    "RETURN_TO_DONOR": (
        "undo",
        _l("Back to the donor"),
        _l("Leaves for whoever gave it."),
    ),
    "DONATED_ON": (
        "gift",
        _l("Given on"),
        _l("Goes to another organisation that can use it."),
    ),
}

INCIDENT_WORDS: Mapping[str, Mapping[str, LazyText]] = {
    "cause": {
        "lost": _l("Lost"),
        "stolen": _l("Stolen"),
        "damaged": _l("Damaged"),
        "recalled": _l("Recalled"),
    },
    "discovered": {
        "counting": _l("While counting"),
        "picking": _l("While picking"),
        "round": _l("On a walk through the store"),
        "handover": _l("At a handover"),
        "receiving": _l("While receiving"),
        "recall": _l("By a recall"),
    },
    "facts": {
        "not_found": _l("Not at its place and nowhere else"),
        "packing_open": _l("Packing open, something missing inside"),
        "lock_forced": _l("Lock or door forced"),
        "vehicle": _l("Missing from the vehicle"),
        "water": _l("Water"),
        "heat": _l("Heat or frost"),
        "recalled": _l("Recalled by maker or authority"),
        "unknown": _l("Not known"),
    },
    "action": {
        "searched": _l("Searched and counted again"),
        "police_told": _l("Police told"),
        "lock_changed": _l("Lock changed"),
        "kept_apart": _l("Kept apart"),
        "donor_told": _l("Donor told"),
        "none": _l("Nothing yet"),
    },
}

METHOD_WORDS: Mapping[str, LazyText] = {
    "incinerated": _l("Burnt by a licensed firm"),
    "pharmacy_return": _l("Handed to a pharmacy or firm for disposal"),
    "crushed": _l("Crushed, made unusable"),
    "landfill": _l("Taken to the landfill"),
    "diluted": _l("Emptied and rinsed away"),
}

ROLE_WORDS: Mapping[str, LazyText] = {
    "volunteer": _l("storekeeper"),
    "reviewer": _l("medical reviewer"),
    "coordinator": _l("coordinator"),
}

WRITE_OFF_STATES: Mapping[str, tuple[str, str, LazyText]] = {
    "waiting": ("warn", "clock", _l("Waits for approval")),
    "approved": ("ok", "check", _l("Written off")),
    "rejected": ("", "ban", _l("Rejected")),
}

DESTRUCTION_STATES: Mapping[str, tuple[str, str, LazyText]] = {
    "open": ("warn", "clock", _l("Waits for two confirmations")),
    "destroyed": ("ok", "check", _l("Destroyed")),
    "cancelled": ("", "ban", _l("Given up")),
}
