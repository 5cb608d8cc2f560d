"""Kits and their recipes as JSON."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from services.inventory.domain.kit import COMPONENTS_MAX
from services.inventory.entrypoints.api.schemas import CODE, TEXT
from shared.web.paging import PagingSchema

QUANTITY = Range(1, 1_000_000)


class ComponentSchema(Schema):
    """Units of issue of a product in one kit."""

    product_code = fields.String(required=True, validate=CODE)
    quantity = fields.Integer(required=True, strict=True, validate=QUANTITY)


class RecipeSchema(Schema):
    """What a kit is made of; kits built before stay as they are."""

    product_code = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    components = fields.List(
        fields.Nested(ComponentSchema),
        required=True,
        validate=Length(1, COMPONENTS_MAX),
    )


class NewRecipeSchema(RecipeSchema):
    """A recipe as it is to be from now on."""

    command_id = fields.UUID(required=True)


class RecipeVersionSchema(Schema):
    """Which version of a recipe counts now."""

    product_code = fields.String(required=True)
    version = fields.Integer(required=True)


class AssemblySchema(Schema):
    """So many kits, from the lots that go first, or for a reason from chosen ones."""

    command_id = fields.UUID(required=True)
    product_code = fields.String(required=True, validate=CODE)
    quantity = fields.Integer(required=True, strict=True, validate=QUANTITY)
    location_code = fields.String(required=True, validate=CODE)
    lot_ids = fields.List(fields.UUID(), load_default=list, validate=Length(0, 200))
    other_lot_reason = fields.String(load_default=None, validate=TEXT)


class BuiltSchema(Schema):
    """The kit lots that were built; each has contents of its own."""

    kit_lots = fields.List(fields.Dict(), required=True)


class TakeApartSchema(Schema):
    """Kits that are taken apart, and where their contents go."""

    command_id = fields.UUID(required=True)
    location_code = fields.String(required=True, validate=CODE)
    quantity = fields.Integer(required=True, strict=True, validate=QUANTITY)
    to_location_code = fields.String(load_default=None, validate=CODE)


class TakenApartSchema(Schema):
    """What was taken apart."""

    lot_id = fields.UUID(required=True)
    lot_number = fields.String(required=True)
    quantity = fields.Integer(required=True)
    movement_id = fields.UUID(required=True)


class ContentSchema(Schema):
    """Units of one lot in one kit."""

    lot_id = fields.UUID(required=True)
    product_code = fields.String(required=True)
    lot_number = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    gift_number = fields.String(required=True)
    quantity = fields.Integer(required=True)


class KitLotSchema(Schema):
    """A kit lot; ``places`` says how many kits stand where, null while counted."""

    kit_lot_id = fields.UUID(required=True, data_key="lot_id")
    product_code = fields.String(required=True)
    lot_number = fields.String(required=True)
    expires_on = fields.Date(required=True, allow_none=True)
    earmark = fields.List(fields.String(), allow_none=True)
    status = fields.String(required=True, data_key="lot_status")
    built = fields.Integer(required=True)
    built_at = fields.AwareDateTime(required=True)
    in_stock = fields.Integer(required=True, allow_none=True)
    places = fields.Dict(keys=fields.String(), values=fields.Integer(allow_none=True))
    counted_on = fields.String(allow_none=True)
    contents = fields.List(fields.Nested(ContentSchema))
    other_lot_reason = fields.String(allow_none=True)


class KitQuerySchema(PagingSchema):
    """``?product_code=`` of the list of kit lots."""

    product_code = fields.String(load_default=None, validate=CODE)
