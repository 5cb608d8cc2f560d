"""What distribution gives as JSON; days and instants are ISO 8601 texts."""

from marshmallow import Schema, fields


class FacilityAnswer(Schema):
    """A facility; there is no address to show."""

    facility_code = fields.String()
    name = fields.String()
    region = fields.String()
    audience = fields.String()
    not_admitted = fields.List(fields.String())


class HeadcountAnswer(Schema):
    """A headcount; ``heads`` leaves stated counts out, they are among them."""

    as_of = fields.String()
    version = fields.Integer()
    bands = fields.Dict(keys=fields.String(), values=fields.Integer())
    heads = fields.Integer()
    recorded_at = fields.String()


class UnitAnswer(Schema):
    """A unit with the headcount that serves today."""

    unit_code = fields.String()
    version = fields.Integer()
    facility_code = fields.String()
    kind = fields.String()
    audience = fields.String()
    groups = fields.List(fields.String())
    is_closed = fields.Boolean()
    headcounts = fields.Nested(HeadcountAnswer, allow_none=True)


class HeadcountsAnswer(Schema):
    """Every headcount of a unit, newest day first."""

    items = fields.List(fields.Nested(HeadcountAnswer))


class SizeAnswer(Schema):
    """One size of a product that comes in sizes."""

    stated_count = fields.String()
    product_code = fields.String()
    pieces_per_pack = fields.Integer()


class RuleAnswer(Schema):
    """One quota rule; ``numerator/denominator`` per head in ``per_days`` days."""

    rule_code = fields.String()
    version = fields.Integer()
    effective_from = fields.String()
    product_code = fields.String()
    bands = fields.List(fields.String())
    numerator = fields.Integer()
    denominator = fields.Integer()
    per_days = fields.Integer()
    unit_kind = fields.String(allow_none=True)
    sizes = fields.List(fields.Nested(SizeAnswer))
    is_once = fields.Boolean()
    state_supplied_percent = fields.Integer()
    is_on = fields.Boolean()
    recorded_at = fields.String()


class RulesAnswer(Schema):
    """Quota rules by code."""

    items = fields.List(fields.Nested(RuleAnswer))
    next = fields.String(allow_none=True)


class RulesChangedAnswer(Schema):
    """From when on which rules hold."""

    effective_from = fields.String()
    rule_codes = fields.List(fields.String())


class RequisitionLineAnswer(Schema):
    """One line and how far it has come; ``basis`` is the arithmetic of the due."""

    product_code = fields.String()
    names = fields.Dict()
    unit_of_issue = fields.String()
    entitlement = fields.Integer()
    requested = fields.Integer()
    approved = fields.Integer(allow_none=True)
    allocated = fields.Integer()
    reserved = fields.Integer()
    dispatched = fields.Integer()
    accepted = fields.Integer()
    refused = fields.Integer()
    damaged = fields.Integer()
    short = fields.Integer()
    open = fields.Integer()
    lapsed = fields.Integer()
    approved_because = fields.String(allow_none=True)
    substitute_for = fields.String(allow_none=True)
    basis = fields.Dict()


class RequisitionAnswer(Schema):
    """A requisition with its lines."""

    requisition_id = fields.String()
    unit_code = fields.String()
    facility_code = fields.String()
    needed_by = fields.String()
    delivery_on = fields.String(allow_none=True)
    state = fields.String()
    recorded_at = fields.String()
    approved_at = fields.String(allow_none=True)
    cancel_reason = fields.String(allow_none=True)
    lines = fields.List(fields.Nested(RequisitionLineAnswer))


class LotPartAnswer(Schema):
    """So many of a lot."""

    lot_id = fields.String()
    quantity = fields.Integer()


class RunLineAnswer(Schema):
    """What a unit is to get; ``share`` is an exact fraction as text."""

    unit_code = fields.String()
    product_code = fields.String()
    entitlement = fields.Integer()
    already_received = fields.Integer()
    requested = fields.Integer()
    proposed = fields.Integer()
    quantity = fields.Integer()
    share = fields.String()
    share_percent = fields.Integer()
    reasons = fields.List(fields.Dict())
    lots = fields.List(fields.Nested(LotPartAnswer))
    basis = fields.Dict()
    state = fields.String()
    override_reason = fields.String(allow_none=True)
    override_note = fields.String(allow_none=True)


class RunProductAnswer(Schema):
    """What inventory said of a product, what was not used, how even it is."""

    product_code = fields.String()
    names = fields.Dict()
    unit_of_issue = fields.String()
    state = fields.String()
    refusal_reason = fields.String(allow_none=True)
    shortages = fields.List(fields.Dict())
    unused = fields.List(fields.Dict())
    figures = fields.Dict(allow_none=True)


class MovedAnswer(Schema):
    """What was due to a unit when a run was worked out, and what is due now."""

    unit_code = fields.String()
    product_code = fields.String()
    was = fields.Integer()
    now = fields.Integer()
    difference = fields.Integer()
    cause = fields.String()


class SinceAnswer(Schema):
    """What the world did since a run was worked out; the run itself stands."""

    closed = fields.List(fields.String())
    moved = fields.List(fields.Nested(MovedAnswer))


class RunHeadAnswer(Schema):
    """An allocation run in a list."""

    run_id = fields.String()
    handover_on = fields.String()
    state = fields.String()
    product_codes = fields.List(fields.String(), allow_none=True)
    conditions = fields.Dict()
    recorded_at = fields.String()
    approved_at = fields.String(allow_none=True)
    cancel_reason = fields.String(allow_none=True)


class RunAnswer(RunHeadAnswer):
    """An allocation run with its lines."""

    products = fields.List(fields.Nested(RunProductAnswer))
    lines = fields.List(fields.Nested(RunLineAnswer))


class ConsequenceAnswer(Schema):
    """What a decision does to one unit; shares in whole per cent of what is due."""

    unit_code = fields.String()
    product_code = fields.String()
    quantity_before = fields.Integer()
    quantity_after = fields.Integer()
    share_percent_before = fields.Integer()
    share_percent_after = fields.Integer()


class OverriddenAnswer(RunAnswer):
    """A run after lines were overridden, and whose number that changed."""

    consequences = fields.List(fields.Nested(ConsequenceAnswer))


class DecisionAnswer(Schema):
    """What overriding would change: lines, shares, figures of each product."""

    consequences = fields.List(fields.Nested(ConsequenceAnswer))
    lines = fields.List(fields.Nested(RunLineAnswer))
    figures = fields.List(fields.Dict())


class WhatIfAnswer(Schema):
    """What a product would be under other conditions, and what it is."""

    conditions = fields.Dict()
    lines = fields.List(fields.Nested(RunLineAnswer))
    figures = fields.Dict(allow_none=True)
    unused = fields.List(fields.Dict())
    differences = fields.List(fields.Dict())
    consequences = fields.List(fields.Nested(ConsequenceAnswer))


class ReserveAnswer(Schema):
    """What is kept back of a product, and since when."""

    product_code = fields.String()
    quantity = fields.Integer()
    effective_from = fields.String()
    reason = fields.String()
    recorded_at = fields.String()


class ReservesAnswer(Schema):
    """Every reserve ever set, the newest first."""

    items = fields.List(fields.Nested(ReserveAnswer))


class NeedsAnswer(Schema):
    """What was published last."""

    version = fields.Integer()
    as_of = fields.String(allow_none=True)
    items = fields.List(fields.Dict())
