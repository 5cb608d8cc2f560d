"""Every refusal of inventory in the words of the person it stops."""

from collections.abc import Mapping

from services.inventory.entrypoints.words.counting import COUNT_TEXTS, LOSS_TEXTS
from services.inventory.entrypoints.words.knowing import KNOWING_TEXTS
from services.inventory.entrypoints.words.returns import RETURN_TEXTS
from services.inventory.entrypoints.words.scanning import SCAN_FAULT_TEXTS
from shared.web.words import LazyText, _l

STOCK_TEXTS: Mapping[str, LazyText] = {
    "insufficient_stock": _l(
        "Lot %(lot_number)s: %(available)s are free here, you asked for "
        "%(requested)s. Take less, or ask the coordinator to free what is reserved."
    ),
    "balance_would_be_negative": _l(
        "Lot %(lot_number)s: only %(lowest)s were there at some moment since then, so "
        "%(requested)s cannot have left. Check the time."
    ),
    "unknown_lot": _l(
        "There is no lot %(lot)s. Scan the pack again, or choose it in the stock list."
    ),
    "unknown_location": _l(
        "There is no location %(location_code)s. Choose one from the list."
    ),
    "unknown_movement": _l("This movement is not here. Choose it on the stock card."),
    "lot_not_available": _l(
        "Lot %(lot_number)s may not be given out now. Take another lot."
    ),
    "lot_is_recalled": _l(
        "Lot %(lot_number)s was recalled, and that is final. Send it back or have it "
        "destroyed."
    ),
    "lot_status_unchanged": _l(
        "Lot %(lot_number)s is already so. Nothing was changed."
    ),
    "quantity_out_of_range": _l(
        "%(quantity)s is not a whole number from 1 to 1,000,000. Count again and "
        "enter it anew."
    ),
    "occurred_in_future": _l(
        "The time %(occurred_at)s has not come yet. Set the clock of the phone and "
        "send it again."
    ),
    "expired": _l(
        "%(product_code)s expired on %(expires_on)s. Put it aside and record it as "
        "refused."
    ),
    "shelf_life_too_short": _l(
        "%(product_code)s expires on %(expires_on)s but has to last until "
        "%(needed)s. Check the year. If it is right, do not take it in."
    ),
    "product_refused": _l(
        "%(product_code)s is never taken in here. Give it back and record it as "
        "refused."
    ),
    "already_reversed": _l(
        "This was already taken back. Record what is true now as a new scan."
    ),
    "covered_by_count": _l(
        "A count at %(counted_at)s already covers this. Count again instead of "
        "taking it back."
    ),
    "reversal_would_go_negative": _l(
        "Taking this back needs %(needed)s, only %(available)s are still free there. "
        "Take back what came after it first."
    ),
    "corrected_by_document": _l(
        "This belongs to a consignment. Correct the handover of the consignment "
        "instead."
    ),
    "incident_number_needed": _l(
        "This write-off needs an incident number. Enter the number of the loss report."
    ),
    "not_expired": _l(
        "Lot %(lot_number)s has not expired. Choose the reason that is true."
    ),
    "receiver_may_not_write_off": _l(
        "You recorded the receipt of lot %(lot_number)s yourself. Ask another "
        "coordinator to write it off."
    ),
    "scan_not_waiting": _l(
        "Somebody has settled this scan already. Load the list again."
    ),
    "printed_date": _l(
        "%(typed)s is no date. Type month and year, 03.2028, or the day too, "
        "31.03.2028."
    ),
    "pack_scanned_before": _l(
        "This very pack of %(product_code)s was received before. Put it with the "
        "others; take the earlier receipt back if that one was wrong."
    ),
    "not_a_photo": _l(
        "This is no photograph that can be opened. Take it again as JPEG, PNG or WebP."
    ),
    "no_code_found": _l(
        "No code was found in the photograph. Go closer, hold still and avoid glare, "
        "or type the number under the bars."
    ),
    "no_photo": _l("There is no photograph of this. Take one if the goods still wait."),
    "personal_data": _l(
        "This looks like a person's identity or telephone number. Describe the goods "
        "only."
    ),
    "code_in_text": _l(
        "This is a scanned code. Scan it in its own field and describe the goods in "
        "words."
    ),
    "gtin_taken": _l(
        "%(gtin)s already belongs to %(product_code)s. Remove it there first."
    ),
}

ATTENTION_TEXTS: Mapping[str, LazyText] = {
    "unknown_product": _l(
        "The catalogue has no product %(product)s. Choose the product, or ask a "
        "coordinator to add it."
    ),
    "unknown_pack": _l(
        "Nobody knows yet how many %(product)s the case %(gtin)s holds. Count what is "
        "in one case and enter it; a coordinator confirms."
    ),
    "lot_missing": _l(
        "%(product_code)s needs the lot number printed on its pack. Enter it."
    ),
    "expiry_missing": _l(
        "%(product_code)s needs the expiry date printed on its pack. Enter it."
    ),
    "separator_doubtful": _l(
        "The scanner gave lot number %(lot_number)s, which may hold a date too. Enter "
        "lot number and date as printed."
    ),
    "short_life_needs_consent": _l(
        "%(product_code)s expires on %(expires_on)s, sooner than its rule allows: "
        "%(reason)s. A coordinator who did not scan it has to agree."
    ),
    "temperature_missing": _l(
        "%(product_code)s is kept cold. Measure and enter its temperature."
    ),
    "lot_recalled": _l(
        "Lot %(lot_number)s of %(product_code)s was recalled. Keep it apart and "
        "record it as refused."
    ),
    "lot_ambiguous": _l(
        "Lots of %(product_code)s at %(place)s: %(lots)s. Enter the lot number on the "
        "pack."
    ),
    "count_below_reserved": _l(
        "Lot %(lot_number)s: counted %(counted)s, reserved %(reserved)s. Free a "
        "reservation, then finish the count."
    ),
}

OUTBOUND_TEXTS: Mapping[str, LazyText] = {
    "pick_list_unknown": _l(
        "There is no pick list %(pick_list_number)s. Choose one of the open ones."
    ),
    "pick_list_closed": _l(
        "Pick list %(pick_list_number)s is closed. Put the goods back and choose an "
        "open one."
    ),
    "not_on_pick_list": _l(
        "Pick list %(pick_list_number)s does not ask for %(product_code)s. Put it back."
    ),
    "lot_needed": _l(
        "The code of %(product_code)s does not say its lot. The list asks for "
        "%(lot_numbers)s: enter which one you took."
    ),
    "lot_not_asked_for": _l(
        "Lot %(taken)s was taken, the list asks for %(asked)s. Take that lot, or say "
        "why this one goes instead."
    ),
    "lot_cannot_replace": _l(
        "Lot %(taken)s cannot go instead. Take the lot that the list asks for."
    ),
    "more_than_asked": _l(
        "Scanned: %(scanned)s; the line still asks for %(still_asked)s. Put the rest "
        "back."
    ),
    "lines_still_open": _l(
        "Open lines of %(pick_list_number)s: %(lines)s, units: %(quantity)s. Pick "
        "them, or give a reason for leaving them."
    ),
    "nothing_picked": _l(
        "Nothing of %(pick_list_number)s was picked. Pick its lines, or ask the "
        "coordinator to cancel the consignment."
    ),
    "unfit_lot_picked": _l(
        "%(pick_list_number)s has picked lots that may not leave: %(lot_numbers)s. "
        "Undo their picks and put them on hold."
    ),
}

KIT_TEXTS: Mapping[str, LazyText] = {
    "not_a_kit": _l(
        "%(product_code)s is no kit. Choose a kit, or give the product the flag kit in "
        "the catalogue."
    ),
    "recipe_missing": _l(
        "%(product_code)s has no recipe yet. Ask the coordinator to write one."
    ),
    "recipe_malformed": _l(
        "The recipe of %(product_code)s cannot be kept. A kit has 1 to 40 products, "
        "each once and no kit among them. Mend the lines."
    ),
    "lot_goes_first": _l(
        "Lot %(lot_number)s of %(product_code)s goes first. Take it, or say why "
        "another lot is taken."
    ),
    "component_short": _l(
        "%(component_code)s: the kits need %(needed)s, free are %(free)s. Build fewer "
        "kits, or wait until more is released."
    ),
    "earmarks_apart": _l(
        "The gifts of these lots are meant for different people: %(lot_numbers)s. "
        "Choose other lots."
    ),
    "not_a_kit_lot": _l("Lot %(lot_number)s was not built here. Choose a lot of kits."),
    "kit_comes_from_components": _l(
        "Kits of lot %(lot_number)s come and go with what is in them. Build a kit, or "
        "take one apart."
    ),
    "kit_component_held": _l(
        "In the kits of lot %(lot_number)s there are lots that may not go out: "
        "%(held)s. Release those first, or take the kits apart."
    ),
}

RECEIVING_TEXTS: Mapping[str, LazyText] = {
    "note_unknown": _l("There is no note %(grn_number)s. Choose one from the list."),
    "note_finished": _l(
        "Note %(grn_number)s is finished. What comes now goes on a new note."
    ),
    "note_still_open": _l(
        "Note %(grn_number)s is still being counted. Finish it first."
    ),
    "note_needs_another_person": _l(
        "You counted the goods of %(grn_number)s. Ask somebody else to check the note."
    ),
    "note_checked": _l("Note %(grn_number)s was checked already. Nothing changed."),
    "more_damaged_than_received": _l(
        "Lot %(lot_number)s: whole on this note are %(received)s, named as damaged "
        "%(damaged)s. Count again."
    ),
    "not_a_hold_place": _l(
        "%(location_code)s is no place for goods on hold. Choose one that is."
    ),
    "held_goods_stay_held": _l(
        "Lot %(lot_number)s waits for the reviewer and cannot go to %(location_code)s. "
        "Put it on a hold place until it is released."
    ),
    "place_kind_fixed": _l(
        "The kind of %(location_code)s cannot change. Make a new place and move the "
        "goods there."
    ),
}

MALFORMED_TEXTS: Mapping[str, LazyText] = {
    "quantity": _l("Enter a whole number."),
    "lot_number": _l("A lot has 1 to 20 letters, digits and signs, as on the pack."),
    "expires_on": _l("Type month and year, 03.2028, or the day too, 31.03.2028."),
    "temperature_celsius": _l("Type degrees Celsius, such as 6.5."),
    "product_code": _l("Enter the code of the product."),
    "location_code": _l("Choose a location."),
    "to_location_code": _l("Choose another location to put it."),
    "goods": _l("Choose what came back."),
    "condition": _l("Say how it looks."),
    "gift_number": _l("Enter the gift number as on the paper, such as G-2026-061."),
    "lot_id": _l("This lot is of another product. Scan the pack again."),
    "reason": _l("Say why, in a few words."),
    "discard_reason": _l("Say why, in a few words."),
    "other_lot_reason": _l("Say why, in a few words."),
    "short_reason": _l("Say why, in a few words."),
    "pick_list_number": _l("Choose the pick list first."),
    "raw": _l("Scan a code, or type it."),
    "second_raw": _l("Scan the first code of the pack, then the other one."),
    "description": _l("Describe the goods in a few words, 120 characters at most."),
    "pack_quantity": _l("Enter how many units one case holds."),
}
"""What to do about a field that does not fit, by its name."""

REFUSAL_TEXTS: Mapping[str, LazyText] = {
    **STOCK_TEXTS,
    **ATTENTION_TEXTS,
    **OUTBOUND_TEXTS,
    **COUNT_TEXTS,
    **LOSS_TEXTS,
    **KIT_TEXTS,
    **RECEIVING_TEXTS,
    **RETURN_TEXTS,
    **KNOWING_TEXTS,
    **SCAN_FAULT_TEXTS,
}
"""The code of a refusal to its sentence; ``%(fact)s`` takes the refusal's facts."""
