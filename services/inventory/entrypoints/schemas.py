"""What inventory's API takes and gives; the OpenAPI file is read off these."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from services.inventory.application.scan_line import ACTIONS, DESCRIPTION_MAX
from shared.web.api import Page
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


class RawScanSchema(Schema):
    """The text a scanner sent, and that of a second code on the same pack."""

    raw = fields.String(required=True)
    second_raw = fields.String(load_default=None)


class ScanSchema(Schema):
    """One scan: what was scanned, or a product code, and what the person added.

    ``receive`` needs a location; ``refuse`` a reason; ``move`` a second location;
    ``count`` sets what is there; ``pick`` needs its pick list, ``return`` its unit.
    ``second_raw`` is another code on the same pack; ``pack_quantity`` how many units
    an unknown case holds; ``description`` a few words about unknown goods.
    """

    scan_id = fields.UUID(required=True)
    action = fields.String(required=True, validate=OneOf(ACTIONS))
    raw = fields.String()
    second_raw = fields.String()
    product_code = fields.String()
    quantity = fields.Integer(required=True)
    location_code = fields.String()
    to_location_code = fields.String()
    occurred_at = fields.AwareDateTime(required=True)
    gift_number = fields.String()
    lot_number = fields.String()
    expires_on = fields.Date()
    lot_id = fields.UUID()
    temperature_celsius = fields.Float()
    reason = fields.String()
    unit_code = fields.String()
    pick_list_number = fields.String()
    other_lot_reason = fields.String()
    pack_quantity = fields.Integer()
    description = fields.String(validate=Length(max=DESCRIPTION_MAX))
    count_sheet_number = fields.String()


class Unjudged(fields.Nested):
    """Documents a line and lets it pass as it came.

    One malformed line must not keep the rest of a phone's queue waiting, so each
    line is judged, and answered, by itself.
    """

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value


class ScansSchema(Schema):
    """A batch of scans; each line is answered on its own."""

    scans = fields.List(Unjudged(ScanSchema), required=True, validate=Length(1, 500))


class ScanResultSchema(Schema):
    """How one scan ended; ``movement_id`` is what undo takes back.

    ``scan_id`` is the id as it was sent, also where that is no id at all.
    """

    scan_id = fields.Raw(required=True, metadata={"type": "string"})
    status = fields.String(
        required=True,
        validate=OneOf(("applied", "duplicate", "attention", "refused")),
    )
    code = fields.String()
    detail = fields.String()
    facts = fields.Dict(keys=fields.String(), values=fields.String())
    lot_id = fields.UUID()
    movement_id = fields.UUID()


class ScanResultsSchema(Schema):
    """The results, in the order of the scans."""

    results = fields.List(fields.Nested(ScanResultSchema), required=True)


class AttentionSchema(Schema):
    """A scan that waits for a person; ``line`` holds nothing secret."""

    scan_id = fields.UUID(allow_none=True)
    code = fields.String()
    detail = fields.String()
    line = fields.Dict()
    account = fields.String(allow_none=True)
    occurred_at = fields.AwareDateTime()
    recorded_at = fields.AwareDateTime()
    has_photo = fields.Boolean()


class WaitingGoodsSchema(Schema):
    """Received goods of one unknown code: packs by location, not in the books yet."""

    gtin = fields.String(allow_none=True)
    product_code = fields.String(allow_none=True)
    description = fields.String(allow_none=True)
    quantity = fields.Integer()
    places = fields.Dict(keys=fields.String(), values=fields.Integer())
    scan_id = fields.UUID()
    photo_of = fields.UUID(allow_none=True)


class AttentionPageSchema(Page.of(AttentionSchema)):  # type: ignore[misc]  # made here
    """A page of what waits; ``waiting_goods`` is all of them on every page."""

    waiting_goods = fields.List(fields.Nested(WaitingGoodsSchema), required=True)


class ResolveSchema(Schema):
    """What a waiting scan lacked, or why it is laid aside."""

    command_id = fields.UUID(required=True)
    product_code = fields.String(load_default=None, validate=CODE)
    lot_number = fields.String(load_default=None, validate=LOT_NUMBER)
    expires_on = fields.Date(load_default=None)
    quantity = fields.Integer(load_default=None, strict=True)
    location_code = fields.String(load_default=None, validate=CODE)
    gift_number = fields.String(load_default=None, validate=CODE)
    temperature_celsius = fields.Float(load_default=None)
    pack_quantity = fields.Integer(
        load_default=None, strict=True, validate=Range(1, 1_000_000)
    )
    discard_reason = fields.String(load_default=None, validate=TEXT)


class ResolvedSchema(Schema):
    """How a waiting scan ended.

    ``proposed`` waits for a coordinator, ``attention`` for what is missing now;
    ``also_applied`` are further scans of the same code.
    """

    scan_id = fields.UUID()
    status = fields.String(
        validate=OneOf(("applied", "discarded", "proposed", "attention"))
    )
    code = fields.String()
    detail = fields.String()
    facts = fields.Dict(keys=fields.String(), values=fields.String())
    also_applied = fields.List(fields.UUID())
    lot_id = fields.UUID()
    movement_id = fields.UUID()


class StockQuerySchema(PagingSchema):
    """Which stock to list."""

    product_code = fields.String(load_default=None, validate=Length(max=40))
    location_code = fields.String(load_default=None, validate=Length(max=40))
    status = fields.String(load_default=None, validate=OneOf(STATUSES))


class StockLineSchema(Schema):
    """One lot at one location."""

    product_code = fields.String()
    lot_id = fields.UUID()
    lot_number = fields.String()
    expires_on = fields.Date(allow_none=True)
    lot_status = fields.String()
    gift_number = fields.String()
    earmark = fields.List(fields.String(), allow_none=True)
    location_code = fields.String()
    on_hand = fields.Integer()
    reserved = fields.Integer()
    available = fields.Integer()
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
    """Why a lot is released or held."""

    command_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=TEXT)


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
