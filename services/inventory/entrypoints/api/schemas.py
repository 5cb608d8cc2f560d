"""What inventory's API takes and gives; the OpenAPI file is read off these."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from shared.web.paging import PagingSchema

CODE = Regexp(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$", error="is not a code")
TEXT = Length(min=1, max=500)
LOT_NUMBER = Regexp(
    r"^[A-Za-z0-9!\"%&'()*+,\-./_:;<=>?]{1,20}$", error="is not a lot number"
)
STATUSES = ("released", "quarantined", "recalled", "expired", "awaiting_gift")


class NamesSchema(Schema):
    """A product's name in the three languages of the pages."""

    en = fields.String(required=True, validate=Length(1, 200))
    ru = fields.String(required=True, validate=Length(1, 200))
    kk = fields.String(required=True, validate=Length(1, 200))


class PackSchema(Schema):
    """A trade item number and how many units of issue one scan of it means."""

    gtin = fields.String(required=True)
    quantity = fields.Integer(required=True, strict=True, validate=Range(1, 1_000_000))


class ProductSchema(Schema):
    """A product of the catalogue."""

    product_code = fields.String(required=True, validate=CODE)
    category = fields.String(required=True, validate=CODE)
    names = fields.Nested(NamesSchema, required=True)
    unit_of_issue = fields.String(required=True, validate=Length(1, 40))
    packs = fields.List(fields.Nested(PackSchema), load_default=list)
    min_days_at_receipt = fields.Integer(
        load_default=0, strict=True, validate=Range(0, 3650)
    )
    min_days_at_dispatch = fields.Integer(
        load_default=0, strict=True, validate=Range(0, 3650)
    )
    sensitivity = fields.Integer(load_default=0, strict=True, validate=Range(0, 2))
    flags = fields.List(
        fields.String(validate=Regexp(r"^[A-Za-z0-9-]{1,40}$")), load_default=list
    )
    version = fields.Integer(dump_only=True)


class NewProductSchema(ProductSchema):
    """A product as it is to be from now on."""

    command_id = fields.UUID(load_default=None)


class ProductQuerySchema(PagingSchema):
    """Which products to list."""

    query = fields.String(load_default="", validate=Length(max=200))
    category = fields.String(load_default="", validate=Length(max=40))


class StockQuerySchema(PagingSchema):
    """Which stock to list."""

    product_code = fields.String(load_default=None, validate=Length(max=40))
    location_code = fields.String(load_default=None, validate=Length(max=40))
    status = fields.String(load_default=None, validate=OneOf(STATUSES))


class StockLineSchema(Schema):
    """One lot at one location.

    The three numbers are null, and ``counted_on`` names the sheet, for a reader who
    counts the lot.
    """

    product_code = fields.String()
    lot_id = fields.UUID()
    lot_number = fields.String()
    expires_on = fields.Date(allow_none=True)
    lot_status = fields.String()
    gift_number = fields.String()
    earmark = fields.List(fields.String(), allow_none=True)
    location_code = fields.String()
    on_hand = fields.Integer(allow_none=True)
    reserved = fields.Integer(allow_none=True)
    available = fields.Integer(allow_none=True)
    counted_on = fields.String(allow_none=True)
    received_on = fields.Date()


class CardLineSchema(Schema):
    """A movement and the product's stock just after it."""

    movement_id = fields.UUID()
    lot_id = fields.UUID()
    lot_number = fields.String()
    occurred_at = fields.AwareDateTime()
    recorded_at = fields.AwareDateTime()
    reason = fields.String()
    document = fields.String(allow_none=True)
    source = fields.String()
    target = fields.String()
    quantity = fields.Integer()
    change = fields.Integer()
    balance = fields.Integer()
    recorded_by = fields.String()
    reverses = fields.UUID(allow_none=True)
    reversed_by = fields.UUID(allow_none=True)


class DecisionSchema(Schema):
    """Why a lot is released or held.

    ``reason`` is a code of ``GET /reasons``, or else words about the goods.
    """

    command_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=TEXT)


class ReasonSchema(Schema):
    """A reason, and what it is called in the reader's language."""

    code = fields.String(required=True)
    word = fields.String(required=True)


class ReasonListSchema(Schema):
    """The reasons for one kind of decision: release, quarantine, discard, short."""

    decision = fields.String(required=True)
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)


class LotStatusSchema(Schema):
    """What a decision made of a lot."""

    lot_id = fields.UUID()
    lot_status = fields.String()


class RecallSchema(Schema):
    """Which lot number of which product must not be used any more."""

    command_id = fields.UUID(required=True)
    product_code = fields.String(required=True, validate=CODE)
    lot_number = fields.String(required=True, validate=LOT_NUMBER)
    reason = fields.String(required=True, validate=TEXT)


class BlockedSchema(Schema):
    """Where recalled goods stand."""

    lot_id = fields.UUID()
    location_code = fields.String()
    quantity = fields.Integer()


class WentToSchema(Schema):
    """Who got recalled goods."""

    unit_code = fields.String()
    consignment_number = fields.String()
    quantity = fields.Integer()


class RecalledSchema(Schema):
    """What a recall found."""

    blocked = fields.List(fields.Nested(BlockedSchema))
    went_to = fields.List(fields.Nested(WentToSchema))


class AdjustmentSchema(Schema):
    """Goods that came or went other than by a scan."""

    command_id = fields.UUID(required=True)
    lot_id = fields.UUID(required=True)
    location_code = fields.String(required=True, validate=CODE)
    quantity = fields.Raw(required=True, metadata={"type": "integer", "minimum": 1})
    direction = fields.String(required=True, validate=OneOf(("in", "out")))
    reason = fields.String(required=True, validate=Length(max=40))
    incident_number = fields.String(load_default=None, validate=Length(1, 40))


class ReversalSchema(Schema):
    """Which movement to take back, and why."""

    command_id = fields.UUID(required=True)
    movement_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=TEXT)


class MovedSchema(Schema):
    """The movement a command posted."""

    lot_id = fields.UUID()
    movement_id = fields.UUID()
    reverses = fields.UUID()


class LocationSchema(Schema):
    """A place of the warehouse and its kind."""

    location_code = fields.String()
    name = fields.String()
    kind = fields.String(validate=OneOf(("storage", "hold", "dispatch")))
    sequence = fields.Integer()
