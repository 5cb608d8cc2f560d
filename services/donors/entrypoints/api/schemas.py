"""What donors takes and gives as JSON (API.md, donors)."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_load, validate

from services.donors.domain.donor import EMAIL_CHARS_MAX, NAME_CHARS_MAX, DonorKind
from services.donors.domain.level import Band
from services.donors.domain.promise import LINES_MAX, PledgeState
from shared.web.paging import PagingSchema

CODE_CHARS_MAX = 64
GROUPS_MAX = 20

_code = validate.Length(min=1, max=CODE_CHARS_MAX)


def _required_code() -> fields.String:
    return fields.String(required=True, validate=_code)


class CommandSchema(Schema):
    """What every write carries: an id the client made."""

    command_id = fields.UUID(required=True)


class LineSchema(Schema):
    """So many whole units of issue; the range is the domain's to refuse."""

    product_code = _required_code()
    quantity = fields.Integer(required=True, strict=True)


class ContactSchema(Schema):
    """Kept only with the day of consent."""

    email = fields.String(
        required=True, validate=validate.Length(min=3, max=EMAIL_CHARS_MAX)
    )
    consented_on = fields.Date(load_default=None, allow_none=True)


class NewDonorSchema(Schema):
    """The body of ``POST /donors``; a code and a name are enough.

    ``command_id`` may be left out, for the code itself is taken only once.
    """

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE

    command_id = fields.UUID(load_default=None)
    donor_code = _required_code()
    name = fields.String(
        required=True, validate=validate.Length(min=1, max=NAME_CHARS_MAX)
    )
    kind = fields.String(
        load_default=DonorKind.ORGANISATION.value,
        validate=validate.OneOf([kind.value for kind in DonorKind]),
    )
    language = fields.String(
        load_default="ru", validate=validate.OneOf(["kk", "ru", "en"])
    )
    contact = fields.Nested(ContactSchema, load_default=None, allow_none=True)


class DonorCorrectionSchema(CommandSchema):
    """The body of ``POST /donors/{donor_code}/correction``; the code stays."""

    name = fields.String(
        required=True, validate=validate.Length(min=1, max=NAME_CHARS_MAX)
    )
    kind = fields.String(
        required=True, validate=validate.OneOf([kind.value for kind in DonorKind])
    )


class DonorSchema(Schema):
    """One item of ``GET /donors``."""

    donor_code = fields.String()
    name = fields.String()
    kind = fields.String()
    language = fields.String()
    contact_email = fields.String(allow_none=True)
    consented_on = fields.Date(allow_none=True)


class DonorCodeSchema(Schema):
    """The answer to a registration or a correction."""

    donor_code = fields.String()


def _lines() -> Any:
    return fields.List(
        fields.Nested(LineSchema),
        required=True,
        validate=validate.Length(min=1, max=LINES_MAX),
    )


class NewPledgeSchema(CommandSchema):
    """The body of ``POST /pledges``; ``expected``, as of a gift, is taken too."""

    donor_code = _required_code()
    due_on = fields.Date(load_default=None, allow_none=True)
    lines = _lines()

    @pre_load
    def name_the_lines(self, body: Any, **_options: Any) -> Any:
        """Read ``expected`` as ``lines`` when only that is there."""
        if not isinstance(body, dict) or "lines" in body or "expected" not in body:
            return body
        rest = {name: value for name, value in body.items() if name != "expected"}
        return rest | {"lines": body["expected"]}


class PledgeNumberSchema(Schema):
    """The answer to a pledge."""

    pledge_number = fields.String()


class PledgeSchema(PledgeNumberSchema):
    """One item of ``GET /pledges``; ``gift_number`` is the gift it became."""

    donor_code = fields.String()
    due_on = fields.Date(allow_none=True)
    pledged_at = fields.AwareDateTime()
    lines = fields.List(fields.Nested(LineSchema))
    state = fields.String(validate=validate.OneOf([each.value for each in PledgeState]))
    gift_number = fields.String(allow_none=True)


def _earmark(**options: Any) -> Any:
    return fields.List(
        fields.String(validate=_code),
        allow_none=True,
        validate=validate.Length(max=GROUPS_MAX),
        **options,
    )


class NewGiftSchema(CommandSchema):
    """The body of ``POST /gifts``; a pledge that is named ends as kept by the gift."""

    donor_code = _required_code()
    expected = _lines()
    earmark = _earmark(load_default=None)
    pledge_number = fields.String(load_default=None, allow_none=True, validate=_code)


class GiftNumberSchema(Schema):
    """The answer to an announced gift."""

    gift_number = fields.String()


class NewEarmarkSchema(CommandSchema):
    """The body of ``POST /gifts/{gift_number}/earmark``."""

    earmark = _earmark(required=True)


class EarmarkSchema(GiftNumberSchema):
    """The answer to a changed earmark."""

    earmark = _earmark()


class NamedDonorSchema(CommandSchema):
    """The body of ``POST /gifts/{gift_number}/donor``."""

    donor_code = _required_code()


class GiftDonorSchema(GiftNumberSchema):
    """The answer to a named donor."""

    donor_code = fields.String()


class ProductItemSchema(Schema):
    """What became of one product; received = the five that follow it, always."""

    product_code = fields.String()
    name = fields.String()
    unit_of_issue = fields.String()
    announced = fields.Integer()
    received = fields.Integer()
    refused = fields.Integer()
    in_stock = fields.Integer()
    reserved = fields.Integer()
    in_transit = fields.Integer()
    accepted = fields.Integer()
    lost = fields.Integer()
    returned = fields.Integer()
    lost_by_reason = fields.Dict(keys=fields.String(), values=fields.Integer())


class StorySchema(Schema):
    """One thing that happened; ``when`` is a day, or a month where a day tells."""

    when = fields.String()
    gift_number = fields.String()
    product_code = fields.String()
    kind = fields.String()
    quantity = fields.Integer()
    reason = fields.String(allow_none=True)


class GiftSchema(GiftNumberSchema):
    """A gift with what became of its goods."""

    announced_on = fields.Date()
    received_on = fields.Date(allow_none=True)
    earmark = _earmark()
    is_walk_in = fields.Boolean()
    items = fields.List(fields.Nested(ProductItemSchema))


class ProgrammeGiftSchema(GiftSchema):
    """A gift as the coordinator sees it."""

    donor_code = fields.String()
    expected = fields.List(fields.Nested(LineSchema))


class MyGiftSchema(GiftSchema):
    """A donor's own gift with its story."""

    story = fields.List(fields.Nested(StorySchema))


class SummarySchema(Schema):
    """Everything a donor gave, by product."""

    donor_code = fields.String()
    name = fields.String()
    counted_at = fields.AwareDateTime()
    gifts = fields.Integer()
    items = fields.List(fields.Nested(ProductItemSchema))


class GiftQuery(PagingSchema):
    """``?donor_code=`` of the coordinator's list of gifts."""

    donor_code = fields.String(load_default=None, validate=_code)


class StockLevelSchema(Schema):
    """How long the programme's stock lasts; no places, no amounts."""

    product_code = fields.String()
    name = fields.String()
    category = fields.String()
    band = fields.String(validate=validate.OneOf([band.value for band in Band]))


class StockLevelsSchema(Schema):
    """The answer of ``GET /stock-levels``."""

    as_of = fields.Date(allow_none=True)
    items = fields.List(fields.Nested(StockLevelSchema))
    next = fields.String(allow_none=True)


class NeedSchema(Schema):
    """One line of the public list; ``about`` is rounded to tens."""

    product_code = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    category = fields.String()
    unit_of_issue = fields.String(allow_none=True)
    band = fields.String()
    days_of_cover = fields.Integer(allow_none=True)
    about = fields.Integer(allow_none=True)
    promised = fields.Integer(allow_none=True)
    runs_out_on = fields.Date(allow_none=True)


class NeedsSchema(Schema):
    """The answer of ``GET /needs``."""

    as_of = fields.Date(allow_none=True)
    items = fields.List(fields.Nested(NeedSchema))
    next = fields.String(allow_none=True)
