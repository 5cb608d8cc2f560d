"""What distribution refuses, said to people."""

from collections.abc import Mapping

from shared.web.words import LazyText, _l

PLACES: Mapping[str, LazyText] = {
    "unknown_facility": _l(
        "There is no facility %(facility_code)s. Register the facility first."
    ),
    "unknown_unit": _l(
        "There is no unit %(unit_code)s here. Check the code of the unit."
    ),
    "code_taken": _l(
        "%(taken_code)s is registered already. Change it in the list, or choose "
        "another code."
    ),
    "unit_closed": _l(
        "Unit %(unit_code)s is closed. Leave it out, or let a coordinator open it "
        "again."
    ),
    "unknown_band": _l(
        "The headcount has no row %(band)s. Load the page again and fill in its rows."
    ),
    "count_out_of_range": _l(
        "A count is a whole number from 0 to %(maximum)s. Check the row %(band)s."
    ),
    "malformed_rule": _l(
        "Rule %(rule_code)s contradicts itself. Check its quantity, days and share."
    ),
    "effective_too_early": _l(
        "A rule cannot change from %(effective_from)s: that day is over. "
        "Choose %(today)s or later."
    ),
}

REQUISITIONS: Mapping[str, LazyText] = {
    "unknown_product": _l(
        "No product %(product_code)s is known here yet. Check the code, "
        "or try again in a moment if it was only just registered."
    ),
    "quantity_out_of_range": _l(
        "The quantity of %(product_code)s must be a whole number from %(minimum)s to "
        "%(maximum)s."
    ),
    "duplicate_line": _l("%(line)s is named twice. Put it on one line."),
    "unknown_requisition": _l(
        "There is no such requisition here. Look for it in the list."
    ),
    "requisition_state": _l(
        "This requisition has moved on meanwhile. Load the page again."
    ),
    "requisition_in_use": _l(
        "Goods are promised or on their way for this requisition. "
        "Cancel the allocation run or hand the goods over first."
    ),
    "not_on_requisition": _l(
        "The requisition does not ask for %(product_code)s. Approve only what is on it."
    ),
    "nothing_approved": _l(
        "Every line would be approved with 0. Cancel the requisition instead."
    ),
    "never_given": _l(
        "%(product_code)s is never given away by an allocation run. "
        "Ask the medical reviewer for an authorisation."
    ),
}

NEEDING: Mapping[str, LazyText] = {
    "not_a_delivery_day": _l(
        "%(facility_code)s takes no delivery on %(day)s. Choose a day of its calendar, "
        "or ask the coordinator to add one."
    ),
    "past_delivery_day": _l("%(day)s is over. Choose today or a later day."),
    "not_substitutable": _l(
        "%(substitute_code)s cannot take the place of %(product_code)s: it is on the "
        "requisition already, it is never given, or nothing is open."
    ),
    "not_by_authorisation": _l(
        "%(product_code)s needs no authorisation. Ask for it on a requisition."
    ),
    "authorisation_range": _l("Enter a whole number from 1 to %(maximum)s."),
    "unknown_authorisation": _l(
        "There is no such authorisation here. Look for it in the list."
    ),
    "authorisation_over": _l(
        "This authorisation has ended, or another number is noted for it. Look at it "
        "again: while it runs, that number can be corrected."
    ),
}

RUNS: Mapping[str, LazyText] = {
    "personal_data": _l(
        "This looks like a person's identity or telephone number. Describe the goods "
        "only."
    ),
    "unknown_run": _l("There is no such allocation run. Look for it in the list."),
    "run_not_open": _l(
        "This run is no longer a proposal. Start a new run for what is still open."
    ),
    "malformed_condition": _l(
        "%(field)s: enter a whole number, for a weight also a fraction such as 3/2."
    ),
    "not_on_run": _l(
        "The run has no line for %(product_code)s to %(unit_code)s. "
        "Only lines of the proposal can be changed."
    ),
    "not_enough_free": _l(
        "Only %(free)s of %(product_code)s can be given to %(unit_code)s beside the "
        "other lines, you entered %(asked)s. Lower another line first."
    ),
    "more_than_open": _l(
        "Only %(open)s of %(product_code)s are approved and open for %(unit_code)s, "
        "you entered %(asked)s. Approve a requisition for the rest."
    ),
    "more_than_due": _l(
        "Only %(due)s of %(product_code)s are still due to %(unit_code)s this month, "
        "the run gives %(asked)s. Share the product out again."
    ),
    "not_admitted": _l(
        "%(facility_code)s does not admit %(product_code)s. Leave it out."
    ),
    "lots_already_promised": _l(
        "Another approved run took the lots of %(product_code)s: needed %(asked)s, "
        "free %(free)s. Share the product out again."
    ),
    "lots_withdrawn": _l(
        "The warehouse has only %(free)s of a lot of %(product_code)s free now, the "
        "run needs %(asked)s. Share the product out again."
    ),
    "nothing_to_approve": _l("This run gives nobody anything. Cancel it."),
    "export_too_large": _l(
        "The table has more than %(rows_max)s rows. Choose one state or take it as CSV."
    ),
    "run_on_consignment": _l(
        "Goods of this run are on consignment %(consignment_number)s. "
        "Cancel that first, if it has not left."
    ),
}

DELIVERIES: Mapping[str, LazyText] = {
    "nothing_to_send": _l(
        "Nothing is reserved for %(facility_code)s that is not on a consignment yet. "
        "Approve an allocation run first, or wait for the warehouse to confirm it."
    ),
    "unknown_consignment": _l(
        "There is no consignment %(consignment_number)s here. Look for it in the list."
    ),
    "consignment_state": _l(
        "Consignment %(consignment_number)s has moved on, or has not left yet. "
        "Load the page again."
    ),
    "already_handed_over": _l(
        "Consignment %(consignment_number)s is already handed over. Look at what was "
        "recorded and correct it if it is wrong."
    ),
    "not_the_last_handover": _l(
        "Somebody corrected this handover meanwhile. Look at the latest and correct "
        "that."
    ),
    "handover_lines": _l(
        "%(product_code)s for %(unit_code)s is missing or was not sent. "
        "Load the page again."
    ),
    "does_not_add_up": _l(
        "%(product_code)s for %(unit_code)s: sent %(dispatched)s, recorded %(found)s. "
        "Say what became of each."
    ),
    "refusal_reason_missing": _l(
        "Choose why %(product_code)s was not let through at the gate."
    ),
    "occurred_in_future": _l(
        "The time lies in the future. Check the clock of the device."
    ),
    "malformed_vehicle": _l(
        "Write the registration of the vehicle, such as 123 ABC 02, or choose own car. "
        "No name of a driver is kept."
    ),
    "malformed_transport": _l("Count the packages and weigh them again."),
    "malformed_bag": _l(
        "%(bag_id)s is no number of a seal: up to 20 letters and digits, a digit among "
        "them, and at most 50 seals to a line."
    ),
    "seals_twice": _l(
        "Named twice, or on these goods already: %(seals)s. Leave out what is too "
        "much, or look at the numbers again."
    ),
    "seals_elsewhere": _l(
        "On the goods for %(unit_codes)s already: %(seals)s. Look at the numbers "
        "again, or say that the bags hold goods of several units."
    ),
    "unknown_seal": _l(
        "The goods for %(unit_code)s have no seal %(seal)s. Look at the list again."
    ),
    "not_on_consignment": _l(
        "%(what)s is not on this delivery. Put it aside and look at the list."
    ),
    "tick_gone": _l(
        "This is not ticked off on %(consignment_number)s any more. Look at the list."
    ),
    "packed_before": _l(
        "%(what)s is ticked off already, the list has %(asked)s. Put the rest aside."
    ),
    "receiver_not_kept": _l(
        "At %(facility_code)s nothing about the receiving officer is kept. Leave role "
        "and number empty."
    ),
    "receiver_missing": _l(
        "At %(facility_code)s role and service number of the receiving officer are "
        "asked for. No name is kept."
    ),
    "malformed_service_number": _l(
        "Write the service number as it is on the badge. No name is kept."
    ),
    "unknown_photo": _l("There is no such photograph here."),
    "not_a_photo": _l(
        "This is no photograph that can be opened. Take it again as JPEG, PNG or WebP."
    ),
}

REFUSAL_TEXTS: Mapping[str, LazyText] = {
    **PLACES,
    **REQUISITIONS,
    **NEEDING,
    **RUNS,
    **DELIVERIES,
    "command_id_reused": _l(
        "This form was already sent with other contents. Load the page again."
    ),
}
