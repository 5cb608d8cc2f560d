"""What the phone's snapshot holds, for the OpenAPI file."""

from marshmallow import Schema, fields

from services.inventory.entrypoints.api.outbound_schemas import PickListLineSchema
from services.inventory.entrypoints.api.schemas import (
    LocationSchema,
    NamesSchema,
    PackSchema,
)


class TemperatureRangeSchema(Schema):
    """What a cold-chain product endures, in degrees Celsius."""

    lowest = fields.Integer(allow_none=True)
    highest = fields.Integer()


class StationProductSchema(Schema):
    """A product as a phone needs it at the door.

    ``needs`` are the facts a receipt cannot do without; ``usual_quantity`` the
    middle of the last twenty receipts, null with fewer than three.
    """

    product_code = fields.String()
    names = fields.Nested(NamesSchema)
    category = fields.String()
    unit_of_issue = fields.String()
    packs = fields.List(fields.Nested(PackSchema))
    needs = fields.List(fields.String())
    flags = fields.List(fields.String())
    min_days_at_receipt = fields.Integer()
    temperature_range = fields.Nested(TemperatureRangeSchema, allow_none=True)
    usual_quantity = fields.Integer(allow_none=True)


class StationGiftSchema(Schema):
    """An announced gift that goods may belong to."""

    gift_number = fields.String()
    donor_code = fields.String(allow_none=True)


class StationPickListSchema(Schema):
    """An open pick list in walking order."""

    pick_list_number = fields.String()
    consignment_number = fields.String()
    status = fields.String()
    lines = fields.List(fields.Nested(PickListLineSchema))


class StationCountSheetSchema(Schema):
    """A count sheet that is being counted; what the books say stays with them."""

    count_sheet_number = fields.String()
    location_code = fields.String(allow_none=True)
    product_code = fields.String(allow_none=True)


class StationLotSchema(Schema):
    """One of several lots of a product at one place, to be told apart by a person."""

    product_code = fields.String()
    location_code = fields.String()
    lot_number = fields.String()
    expires_on = fields.Date(allow_none=True)


class StationSchema(Schema):
    """All that works without a network; ``version`` names this very content."""

    version = fields.String()
    products = fields.List(fields.Nested(StationProductSchema))
    locations = fields.List(fields.Nested(LocationSchema))
    gifts = fields.List(fields.Nested(StationGiftSchema))
    pick_lists = fields.List(fields.Nested(StationPickListSchema))
    count_sheets = fields.List(fields.Nested(StationCountSheetSchema))
    lots = fields.List(fields.Nested(StationLotSchema))
