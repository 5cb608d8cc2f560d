"""What the scan station's script says by itself, on a phone without a network.

The page carries all of it, so that nothing has to be asked for later. A
``%(name)s`` is filled in by the script.
"""

from collections.abc import Mapping

from services.inventory.entrypoints.words.scanning import (
    SCAN_FAULT_TEXTS,
    SHORT_REASONS,
)
from services.inventory.entrypoints.words.terms import GOOD_WORDS
from shared.web.words import LazyText, _l

_CARD: Mapping[str, LazyText] = {
    "kept": _l("In the phone"),
    "kept_sub": _l("It is sent by itself when there is a connection."),
    "missing": _l("One thing is missing"),
    "missing_quiet": _l(
        "The scan is kept, nothing is lost. Look at the end of the box."
    ),
    "missing_later": _l("Later is fine too: scan on, and this one waits in Attention."),
    "unreadable": _l("Not recorded"),
    "unreadable_sub": _l("The code cannot be read"),
    "halt": _l("Not on the shelf"),
    "halt_place": _l("Put the box into %(place)s"),
    "expired": _l("Past its last day of use"),
    "product_refused": _l("This is never taken in here"),
    "expires_soon": _l(
        "It expires too soon after receipt; the warehouse will probably refuse it."
    ),
    "why_taken": _l("Why it is taken in all the same"),
    "why_taken_hint": _l("A coordinator who did not scan it has to agree."),
    "bad_reason": _l("Say why, in a few words."),
    "which_lot": _l("Which lot it is"),
    "refuse": _l("Record it as not taken in"),
    "taken_back": _l("Taken back"),
    "lot": _l("Lot"),
    "use_by": _l("Use by"),
    "temperature": _l("Temperature, °C"),
    "how_many_scans": _l("How many such packs"),
    "in_a_row": _l("Scanned in a row: %(count)s · together %(units)s"),
    "case_of": _l("Case of %(per_pack)s: %(packs)s × %(per_pack)s = %(units)s"),
    "remembered": _l("Kept for the next packs: %(what)s"),
    "change": _l("Change"),
    "late": _l("This scan is on its way just now. Wait for its answer."),
    "undo": _l("Undo this scan"),
    "put_back": _l("Put it back"),
    "second": _l("Second code of the same pack"),
    "second_now": _l("Scan the second code of the same pack now."),
    "record": _l("Record"),
    "lot_hint": _l("as printed, for example B2409A"),
    "date_hint": _l("month and year, for example 03.2028"),
    "bad_date": _l(
        "This is no date of a pack. Type month and year, 03.2028, or the day too, "
        "31.03.2028."
    ),
    "bad_lot": _l("Type the lot as printed: at most 20 letters and digits."),
    "bad_number": _l("Type a whole number from 1 to 1,000,000."),
    "bad_temperature": _l("Type degrees Celsius, such as 6.5."),
    "temperature_hint": _l("measured now, for example 6.5"),
    "unknown_pack": _l("Nobody knows yet how many this case holds"),
    "pack_quantity": _l("How many are in the case"),
    "really": _l("Really %(units)s?"),
    "really_why": _l(
        "Usually it is about %(usual)s at once. It is recorded when you say so."
    ),
    "really_yes": _l("Yes, %(units)s"),
    "describe": _l("What it is"),
    "describe_hint": _l("a few words, for example: blue box, wet wipes"),
    "photo": _l("Take a photo"),
    "photo_kept": _l("The photo is kept and goes with the scan."),
    "unknown_why": _l(
        "Put it aside countable: a coordinator names it once, and all scans of this "
        "code are settled."
    ),
    "look_offline": _l("What stands where is not known without a connection."),
    "not_in_catalogue": _l("Not in the catalogue"),
    "holds": _l("Units in a pack"),
    "number": _l("Number"),
}

_QUEUE: Mapping[str, LazyText] = {
    "asking": _l("waits for your answer"),
    "waiting": _l("in the phone"),
    "sending": _l("on the way"),
    "signed-out": _l("waits until you sign in"),
    "applied": _l("recorded"),
    "duplicate": _l("was recorded already"),
    "attention": _l("waits in Attention"),
    "refused": _l("refused"),
    "undone": _l("taken back"),
    "retry": _l("Send again"),
    "correct": _l("Correct"),
    "discard": _l("Discard"),
    "answer": _l("Answer"),
    "settle": _l("Settle"),
    "at_once": _l("Sent at once: %(count)s"),
    "sum": _l("recorded: %(good)s · to settle: %(care)s · refused: %(halt)s"),
    "switched": _l("switched on by %(name)s at %(time)s"),
    "switched_off": _l("Scans stay in the phone while it is on"),
    "others": _l(
        "Scans of somebody else wait in this phone too: %(count)s. They are sent when "
        "that person signs in here."
    ),
    "as_of": _l("The phone knows the catalogue as of %(time)s."),
    "no_catalogue": _l("The phone has no catalogue yet; open this page once online."),
    "nobody": _l(
        "Nobody is signed in on this phone. Sign in when there is a connection."
    ),
    "picked_of": _l("Picked: %(picked)s / %(wanted)s"),
    "done": _l("Done"),
    "no_lists": _l("No open pick list is known to the phone."),
    "no_sheet": _l("Without a count sheet"),
    "choose": _l("Choose"),
    "walk_in": _l("Without a number: brought to the door"),
}

WORDS: Mapping[str, LazyText] = {
    **_CARD,
    **_QUEUE,
    **{f"good.{action}": word for action, word in GOOD_WORDS.items()},
    **{f"fault.{code}": text for code, text in SCAN_FAULT_TEXTS.items()},
    **{f"short.{code}": text for code, text in SHORT_REASONS.items()},
}
"""Every word of the station's script, by a name of its own."""
