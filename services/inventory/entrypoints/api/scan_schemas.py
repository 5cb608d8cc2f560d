"""Scans and what waits of them, as JSON."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from services.inventory.application.scanning.line import (
    ACTIONS,
    COUNT_MODES,
    DESCRIPTION_MAX,
)
from services.inventory.entrypoints.api.schemas import CODE, LOT_NUMBER, TEXT
from shared.web.api import Page


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
    count_mode = fields.String(validate=OneOf(COUNT_MODES))


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
