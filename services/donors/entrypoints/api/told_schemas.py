"""What the routes of frozen months take and give as JSON."""

from marshmallow import Schema, fields

from services.donors.entrypoints.api.schemas import CommandSchema


class ToldLineSchema(Schema):
    """One told line; null is masked, ``suppressed`` says why."""

    kind = fields.String()
    first = fields.Date()
    last = fields.Date()
    product_code = fields.String(allow_none=True)
    category = fields.String(allow_none=True)
    audience = fields.String(allow_none=True)
    quantity = fields.Integer(allow_none=True)
    people = fields.Integer(allow_none=True)
    received = fields.Integer(allow_none=True)
    lost = fields.Integer(allow_none=True)
    suppressed = fields.List(fields.String())


class ToldMonthSchema(Schema):
    """A frozen month as one donor is told of it."""

    month = fields.String()
    frozen_at = fields.DateTime()
    threshold = fields.Integer()
    lines = fields.List(fields.Nested(ToldLineSchema))


class DestinationsSchema(Schema):
    """The answer of ``GET /me/destinations``, newest month first."""

    donor_code = fields.String()
    months = fields.List(fields.Nested(ToldMonthSchema))


class DonorLinesSchema(Schema):
    """The lines of one donor in a month."""

    donor_code = fields.String()
    lines = fields.List(fields.Nested(ToldLineSchema))


class MonthPreviewSchema(Schema):
    """What freezing the month whose turn it is would tell."""

    month = fields.String()
    threshold = fields.Integer()
    from_day = fields.Date()
    is_due = fields.Boolean()
    fingerprint = fields.String()
    donors = fields.List(fields.Nested(DonorLinesSchema))


class FrozenMonthSchema(Schema):
    """A frozen month with the lines of every donor."""

    month = fields.String()
    threshold = fields.Integer()
    frozen_by = fields.String()
    frozen_at = fields.DateTime()
    donors = fields.List(fields.Nested(DonorLinesSchema))


class MonthsSchema(Schema):
    """The frozen months, newest first, and the one whose turn it is."""

    due = fields.String(allow_none=True)
    threshold = fields.Integer()
    frozen = fields.List(fields.String())


class PreviewQuery(Schema):
    """Another threshold may be tried before it is decided on."""

    threshold = fields.Integer(load_default=None)


class FreezeSchema(CommandSchema):
    """The body of ``POST /months``: what was previewed, under its fingerprint."""

    month = fields.Date(required=True, format="%Y-%m")
    threshold = fields.Integer(required=True, strict=True)
    fingerprint = fields.String(required=True)


class FrozenSchema(Schema):
    """The answer of ``POST /months``."""

    month = fields.String()
    threshold = fields.Integer()
    lines = fields.Integer()
