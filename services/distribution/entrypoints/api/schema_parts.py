"""What the bodies of distribution's commands are made of."""

from datetime import UTC, date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.distribution.domain.requisition import LINES_MAX, QUANTITY_MAX
from shared.kernel.free_text import check_names_nobody

CODE = validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
GROUP = validate.Regexp(r"^[a-z][a-z0-9_-]{0,39}\Z")
NAME = validate.Length(min=1, max=200)
PRODUCT = validate.Length(min=1, max=60)
REASON = validate.Length(min=1, max=500)
AUDIENCE = validate.OneOf(["detention", "community"])
IN_THE_CENTURY = validate.Range(date(2000, 1, 1), date(2099, 12, 31))
"""Months of all these days exist, before and after."""

SINCE_2000 = validate.Range(
    datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
)
CODES_MAX = 500
RULES_MAX = 200
PERCENT_MAX = 100
DAYS_MAX = 3660


class Whole(fields.Integer):
    """A whole number and nothing that could be taken for one: not true, not 2.0."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, **options)

    def _validated(self, value: Any) -> int:
        if type(value) is not int:
            raise ValidationError("Not a whole number.")
        return value


def code_field(**options: Any) -> fields.String:
    """Take the code of a place."""
    return fields.String(validate=CODE, **options)


def product_field(**options: Any) -> fields.String:
    """Take the code of a product."""
    return fields.String(validate=PRODUCT, **options)


def quantity_field(**options: Any) -> Whole:
    """Take whole units of issue, none included."""
    return Whole(validate=validate.Range(min=0, max=QUANTITY_MAX), **options)


def lines_field(schema: type[Schema], **options: Any) -> Any:
    """Take a list of lines that is neither empty nor endless."""
    return fields.List(
        fields.Nested(schema),
        validate=validate.Length(min=1, max=options.pop("most", LINES_MAX)),
        **options,
    )


class CommandSchema(Schema):
    """What every write carries: an id the client made."""

    command_id = fields.UUID(required=True)


def _names_nobody(text: str) -> None:
    check_names_nobody("reason", text)


class CancelSchema(CommandSchema):
    """The body of every cancel.

    ``reason`` is a code of the pages' list or words that name no person.
    """

    reason = fields.String(required=True, validate=[REASON, _names_nobody])
