"""What codes are called, for people; a code without a word is shown as it is."""

from collections.abc import Mapping
from typing import NamedTuple

from services.distribution.domain.bands import BANDS
from services.distribution.domain.product import Product
from services.distribution.domain.reserve import ReserveReason
from services.distribution.domain.run import OverrideReason
from shared.web.languages import current_language
from shared.web.words import LazyText, _l


class Mark(NamedTuple):
    """How a state is shown: the badge's kind and icon, and the word."""

    kind: str
    icon: str
    word: LazyText


REQUISITION_STATES: Mapping[str, Mark] = {
    "draft": Mark("", "tally", _l("Draft")),
    "submitted": Mark("warn", "clock", _l("Waits for approval")),
    "approved": Mark("info", "check", _l("Approved")),
    "partly_fulfilled": Mark("info", "bars", _l("Partly received")),
    "fulfilled": Mark("ok", "okc", _l("Received in full")),
    "cancelled": Mark("", "ban", _l("Cancelled")),
}

RUN_STATES: Mapping[str, Mark] = {
    "proposed": Mark("info", "clock", _l("Proposed, not approved")),
    "approved": Mark("info", "clock", _l("Approved, the warehouse is checking")),
    "reserved": Mark("ok", "okc", _l("Reserved")),
    "partly_refused": Mark("warn", "tri", _l("Partly refused by the warehouse")),
    "cancelled": Mark("", "ban", _l("Cancelled")),
}

CONSIGNMENT_STATES: Mapping[str, Mark] = {
    "planned": Mark("", "tally", _l("Planned")),
    "picking": Mark("", "pick", _l("Being picked")),
    "in_transit": Mark("info", "truck", _l("On the way")),
    "handed_over": Mark("ok", "okc", _l("Handed over")),
    "cancelled": Mark("", "ban", _l("Cancelled")),
}

BAND_WORDS: Mapping[str, LazyText] = {
    "women_18_49": _l("Women 18–49"),
    "women_50_plus": _l("Women 50 and over"),
    "men_18_plus": _l("Men 18 and over"),
    "new_arrivals": _l("New arrivals"),
    "girls_14_17": _l("Girls 14–17"),
    "boys_14_17": _l("Boys 14–17"),
    "children_3_11y": _l("Children 3–11 years"),
    "children_0_2m": _l("Children 0–2 months"),
    "children_3_5m": _l("Children 3–5 months"),
    "children_6_11m": _l("Children 6–11 months"),
    "children_12_23m": _l("Children 12–23 months"),
    "children_24_35m": _l("Children 24–35 months"),
    "pregnant": _l("Pregnant"),
    "post_partum": _l("Within 6 weeks of a birth"),
    "menstruating": _l("Menstruating"),
    "incontinent": _l("With incontinence"),
    "learners": _l("Learners"),
    "leaving": _l("Leaving within 60 days"),
    "nappies_1": _l("Wear nappies of size 1"),
    "nappies_2": _l("Wear nappies of size 2"),
    "nappies_3": _l("Wear nappies of size 3"),
    "nappies_4": _l("Wear nappies of size 4"),
    "nappies_5": _l("Wear nappies of size 5"),
}
assert set(BAND_WORDS) == set(BANDS)

KINDS: Mapping[str, LazyText] = {
    "ward": _l("Ward"),
    "girls": _l("Girls’ ward"),
    "boys": _l("Boys’ ward"),
    "new_arrivals": _l("New arrivals"),
    "arrival": _l("New arrivals"),
    "arrivals": _l("New arrivals"),
    "release": _l("Leaving soon"),
    "leaving": _l("Leaving soon"),
    "medical": _l("Medical unit"),
    "antenatal": _l("Pregnant women"),
    "pregnant": _l("Pregnant women"),
    "mother_child": _l("Mothers and children"),
    "work_release": _l("Work release"),
    "halfway": _l("Halfway house"),
    "halfway_house": _l("Halfway house"),
    "crisis_centre": _l("Crisis centre"),
    "residents": _l("Residents"),
    "visitors": _l("Day visitors"),
    "day_visitors": _l("Day visitors"),
    "day": _l("Day visitors"),
    "shelter": _l("Shelter"),
    "household": _l("Household"),
}
"""Usual kinds; a coordinator may enter others."""

GROUPS: Mapping[str, LazyText] = {
    "women": _l("Women"),
    "men": _l("Men"),
    "girls": _l("Girls"),
    "boys": _l("Boys"),
    "children": _l("Children"),
    "mothers": _l("Mothers"),
    "pregnant": _l("Pregnant"),
    "medical": _l("Medical"),
    "release": _l("Leaving soon"),
    "arrivals": _l("New arrivals"),
    "shelter": _l("Shelter"),
}

CATEGORIES: Mapping[str, LazyText] = {
    "infant": _l("For children"),
    "menstrual": _l("Menstrual care"),
    "hygiene": _l("Hygiene"),
    "medicine": _l("Medicines"),
    "clothing": _l("Clothing"),
    "education": _l("Learning"),
    "kit": _l("Kits"),
    "treat": _l("Treats"),
}

UNITS_OF_ISSUE: Mapping[str, LazyText] = {
    "bar": _l("pcs"),
    "piece": _l("pcs"),
    "pack": _l("packs"),
    "bottle": _l("bottles"),
    "tube": _l("tubes"),
    "roll": _l("rolls"),
    "pair": _l("pairs"),
    "jar": _l("jars"),
    "tin": _l("tins"),
    "kit": _l("kits"),
}

AUDIENCES: Mapping[str, LazyText] = {
    "detention": _l("Detention"),
    "community": _l("Community"),
}

HINTS: Mapping[str, LazyText] = {
    "no_rule": _l("No norm: what the coordinator approves is due."),
    "other_kind_of_unit": _l("The norm is for another kind of unit."),
    "never_given": _l("Never given on request."),
    "no_headcount": _l("State the headcount first."),
    "no_stated_count": _l("State how many need it in the headcount."),
    "nobody_in_band": _l("Nobody here needs it by the headcount."),
}

REFUSAL_REASONS: Mapping[str, LazyText] = {
    "not_on_list": _l("Not on the list of what is allowed"),
    "not_admitted": _l("This facility does not admit it"),
    "packaging_opened": _l("Packaging opened"),
    "quantity_limited": _l("Quantity limited"),
    "papers_missing": _l("Papers missing"),
    "too_near_expiry": _l("Expires too soon"),
    "not_needed": _l("Not needed"),
    "unit_closed": _l("The unit is closed"),
    "other": _l("Another reason"),
}

RECEIVER_ROLES: Mapping[str, LazyText] = {
    "duty": _l("Duty officer"),
    "medical": _l("Medical unit"),
    "education": _l("Education unit"),
    "supply": _l("Supply store"),
    "shelter": _l("Staff of the shelter"),
    "other": _l("Another role"),
}

RECEIVER_POLICIES: Mapping[str, LazyText] = {
    "not_kept": _l("Nothing about the receiving officer is kept"),
    "optional": _l("Role and service number may be given"),
    "required": _l("Role and service number are asked for"),
}

DRIVER_ROLES: Mapping[str, LazyText] = {
    "staff": _l("Our driver"),
    "volunteer": _l("Volunteer"),
    "hired": _l("Hired driver"),
    "facility": _l("Driver of the facility"),
}

OVER_REASONS: Mapping[str, LazyText] = {
    "new_people": _l("New people came after the headcount"),
    "short_delivery": _l("The last delivery was not complete"),
    "sizes_moved": _l("Sizes moved on: the children grew"),
    "no_other_source": _l("No other source this month"),
}
"""Why a unit asks for more than is due; a choice list, never free text."""

OVERRIDE_REASONS: Mapping[str, LazyText] = {
    "no_other_source": _l("No other source this month"),
    "asked_in_writing": _l("The facility asked in writing"),
    "count_wrong": _l("The count at the unit was wrong"),
    "urgent_health": _l("Urgent need for health"),
    "unit_gives_up": _l("The unit can do without"),
    "other": _l("Another reason"),
}
assert set(OVERRIDE_REASONS) == set(OverrideReason)

CAUSES: Mapping[str, LazyText] = {
    "headcount": _l("the headcount was corrected"),
    "norm": _l("the norm was changed"),
}

RESERVE_REASONS: Mapping[str, LazyText] = {
    ReserveReason.EMERGENCY: _l("For emergencies"),
    ReserveReason.WINTER: _l("For the winter"),
    ReserveReason.NEW_ARRIVALS: _l("For new arrivals"),
    ReserveReason.GAP_AHEAD: _l("Until the next gift comes"),
    ReserveReason.NEEDED_NO_MORE: _l("Not needed any more"),
}
assert set(RESERVE_REASONS) == set(ReserveReason)

SHORT_REASONS: Mapping[str, LazyText] = {
    "not_found": _l("Not at its place"),
    "unfit": _l("Damaged or too old to give"),
    "no_room": _l("No room in the vehicle"),
    "next_time": _l("Goes with the next delivery"),
}
"""What the warehouse says of lines that stayed open, by inventory's codes."""

CANCEL_REASONS: Mapping[str, LazyText] = {
    "entered_wrongly": _l("Entered by mistake"),
    "no_longer_needed": _l("No longer needed"),
    "plans_changed": _l("Plans changed"),
    "new_one_instead": _l("A new one takes its place"),
}

UNUSED_REASONS: Mapping[str, Mark] = {
    "quarantined": Mark("hold", "lock", _l("Quarantine")),
    "recalled": Mark("stop", "recall", _l("Recalled")),
    "awaiting_gift": Mark("hold", "lock", _l("Waits for its gift")),
    "expired": Mark("stop", "oct", _l("Expired")),
    "promised": Mark("info", "lock", _l("Promised already")),
    "shelf_life": Mark("warn", "clock", _l("Expires too soon for these units")),
    "earmark": Mark("hold", "gift", _l("Tied by the donor to other units")),
    "reserve": Mark("info", "lock", _l("Kept back as a reserve")),
    "not_needed": Mark("", "okc", _l("Nobody needs more")),
}

FLAGS: Mapping[str, LazyText] = {
    "prison-restricted": _l("Blades and the like"),
    "medicine": _l("Medicines"),
    "cold-15C": _l("Needs the cold"),
    "complementary-food": _l("Food for infants"),
    "control": _l("Needs a reviewer’s consent"),
    "sized": _l("Comes in sizes"),
    "event": _l("For occasions"),
    "kit": _l("Kits"),
    "bms": _l("Breast-milk substitutes"),
}


def word(words: Mapping[str, LazyText], code: str) -> str:
    """Give the word of a code, or the code where none is known."""
    return str(words[code]) if code in words else code


def product_name(product: Product | None, product_code: str = "") -> str:
    """Name a product in the reader's language; Kazakh falls back to Russian."""
    if product is None:
        return product_code
    names = product.names
    for language in (current_language(), "ru", "en"):
        if names.get(language):
            return names[language]
    return product.product_code


def unit_word(product: Product | None) -> str:
    """Say what one unit of issue is counted in."""
    return word(UNITS_OF_ISSUE, product.unit_of_issue) if product else ""
