"""What values, receipts, thanks, pledges, contracts and letters look like as JSON."""

from marshmallow import Schema, fields, validate

from services.donors.application.thank_donor import WAYS
from services.donors.domain.contract import TITLE_CHARS_MAX, FundingSource
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import EMAIL_CHARS_MAX, LANGUAGES
from services.donors.domain.value import SOURCE_CHARS_MAX, Basis
from services.donors.entrypoints.api.schemas import CODE_CHARS_MAX, CommandSchema

_code = validate.Length(min=1, max=CODE_CHARS_MAX)
_SOURCES = [each.value for each in FundingSource if each is not FundingSource.NONE]


class NewValueSchema(CommandSchema):
    """The body of ``POST /gifts/{gift_number}/values``: what one unit is worth.

    Amounts and rates are decimals as text. Another currency than KZT needs
    ``rate`` (tenge for one), ``rate_source`` and ``rate_on``.
    """

    product_code = fields.String(required=True, validate=_code)
    amount = fields.Decimal(required=True)
    currency = fields.String(required=True, validate=validate.Length(max=3))
    basis = fields.String(
        required=True, validate=validate.OneOf([each.value for each in Basis])
    )
    rate = fields.Decimal(load_default=None, allow_none=True)
    rate_source = fields.String(
        load_default="", validate=validate.Length(max=SOURCE_CHARS_MAX)
    )
    rate_on = fields.Date(load_default=None, allow_none=True)


class ValueSchema(Schema):
    """The answer to a value."""

    gift_number = fields.String()
    product_code = fields.String()


class ReceiptNumberSchema(Schema):
    """The answer to an issued receipt; the same while nothing changed."""

    receipt_number = fields.String()


class NewThanksSchema(CommandSchema):
    """The body of ``POST /gifts/{gift_number}/thanks``."""

    way = fields.String(required=True, validate=validate.OneOf(WAYS))


class ThanksSchema(Schema):
    """The answer to thanks."""

    gift_number = fields.String()
    way = fields.String()


class WaitingSchema(Schema):
    """One item of ``GET /thanks/waiting``."""

    gift_number = fields.String()
    donor_code = fields.String()
    announced_on = fields.Date()
    received = fields.Integer()
    refused = fields.Integer()
    may_be_mailed = fields.Boolean()


class PledgeEndSchema(CommandSchema):
    """The body of ``POST /pledges/{pledge_number}/end``; no gift: it was withdrawn."""

    gift_number = fields.String(load_default=None, allow_none=True, validate=_code)


class PledgeStateSchema(Schema):
    """The answer to an ended pledge."""

    pledge_number = fields.String()
    state = fields.String()


class NewPledgeDaySchema(CommandSchema):
    """The body of ``POST /pledges/{pledge_number}/due-day``; null: without a day."""

    due_on = fields.Date(required=True, allow_none=True)


class PledgeDaySchema(Schema):
    """The answer to another day; ``due_before`` is the one it had."""

    pledge_number = fields.String()
    due_on = fields.String(allow_none=True)
    due_before = fields.String(allow_none=True)


class GiftContractSchema(CommandSchema):
    """The body of ``POST /gifts/{gift_number}/contract``; null: paid by none."""

    contract_number = fields.String(required=True, allow_none=True, validate=_code)


class FundedSchema(Schema):
    """The answer to a gift that was booked to a contract."""

    gift_number = fields.String()
    contract_number = fields.String(allow_none=True)


class NewContractSchema(CommandSchema):
    """The body of ``POST /contracts``; both days are part of it."""

    donor_code = fields.String(required=True, validate=_code)
    source = fields.String(required=True, validate=validate.OneOf(_SOURCES))
    title = fields.String(
        required=True, validate=validate.Length(min=1, max=TITLE_CHARS_MAX)
    )
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    amount = fields.Decimal(load_default=None, allow_none=True)
    currency = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp("^[A-Z]{3}$")
    )


class ContractNumberSchema(Schema):
    """The answer to a contract."""

    contract_number = fields.String()


class ContractSchema(ContractNumberSchema):
    """One item of ``GET /contracts``."""

    donor_code = fields.String()
    source = fields.String()
    title = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    amount = fields.Decimal(allow_none=True, as_string=True)
    currency = fields.String(allow_none=True)


class GapSchema(Schema):
    """Days without a contract of a source; ``until`` null: none is known to follow."""

    source = fields.String()
    since = fields.Date()
    until = fields.Date(allow_none=True)


class ContractsSchema(Schema):
    """The answer of ``GET /contracts``."""

    items = fields.List(fields.Nested(ContractSchema))
    gaps = fields.List(fields.Nested(GapSchema))
    next = fields.String(allow_none=True)


class PeriodQuery(Schema):
    """``?since=&until=``; the year that runs if left out."""

    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)


class FulfilmentSchema(Schema):
    """One item of ``GET /fulfilment``: a donor's gifts of one funding source."""

    donor_code = fields.String()
    source = fields.String()
    gifts = fields.Integer()
    announced = fields.Integer()
    received = fields.Integer()
    refused = fields.Integer()
    still_to_come = fields.Integer()
    in_stock = fields.Integer()
    in_transit = fields.Integer()
    accepted = fields.Integer()
    lost = fields.Integer()
    returned = fields.Integer()


class WarningSchema(Schema):
    """What an earmark may cause; ``facilities`` can use it."""

    risk = fields.String()
    facilities = fields.Integer()
    product_code = fields.String(allow_none=True)
    quantity = fields.Integer()
    days = fields.Integer(allow_none=True)
    expires_on = fields.Date(allow_none=True)


class OutlookQuery(Schema):
    """``?group=&group=&product_code=&quantity=&expires_on=`` of goods to come."""

    group = fields.List(fields.String(validate=_code), load_default=list)
    product_code = fields.String(load_default=None, validate=_code)
    quantity = fields.Integer(load_default=0, validate=validate.Range(min=0))
    expires_on = fields.Date(load_default=None)


class OutlookSchema(Schema):
    """The answer of ``GET /earmarks/outlook``."""

    items = fields.List(fields.Nested(WarningSchema))
    next = fields.String(allow_none=True)


class RiskyGiftSchema(Schema):
    """One item of ``GET /earmarks/at-risk``."""

    gift_number = fields.String()
    donor_code = fields.String()
    earmark = fields.List(fields.String())
    warnings = fields.List(fields.Nested(WarningSchema))


class NewContactSchema(CommandSchema):
    """The body of ``POST /donors/{donor_code}/contact``."""

    email = fields.String(
        required=True, validate=validate.Length(min=3, max=EMAIL_CHARS_MAX)
    )
    consented_on = fields.Date(load_default=None, allow_none=True)


class CadenceSchema(CommandSchema):
    """The body of ``POST /donors/{donor_code}/letters``."""

    cadence = fields.String(
        required=True, validate=validate.OneOf([each.value for each in Cadence])
    )


class LettersSchema(Schema):
    """The answer to a cadence."""

    donor_code = fields.String()
    cadence = fields.String()
    next_on = fields.String(allow_none=True)


class MyCadenceSchema(CadenceSchema):
    """The body of ``POST /me/letters``; a language left out stays as it is."""

    language = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))


class MyContactSchema(CommandSchema):
    """The body of ``POST /me/contact``: an address, and that its owner agrees."""

    email = fields.String(
        required=True, validate=validate.Length(min=3, max=EMAIL_CHARS_MAX)
    )
    agrees = fields.Boolean(required=True, validate=validate.Equal(True))  # noqa: FBT003  the value itself is asked for


class MyContactKeptSchema(Schema):
    """The answer to an own address; what is not confirmed yet waits for its link."""

    donor_code = fields.String()
    is_confirmed = fields.Boolean()


class MyLettersSchema(Schema):
    """The answer of ``GET /me/letters``."""

    email = fields.String(allow_none=True)
    unconfirmed_email = fields.String(allow_none=True)
    consented_on = fields.Date(allow_none=True)
    language = fields.String()
    cadence = fields.String()
    next_on = fields.Date(allow_none=True)


class MyYearQuery(Schema):
    """``?year=``; the year that runs if left out."""

    year = fields.Integer(
        load_default=None, validate=validate.Range(min=2000, max=2999)
    )


class MyReceiptSchema(ReceiptNumberSchema):
    """One item of ``GET /me/receipts``; ``replaces`` names the one before."""

    gift_number = fields.String()
    issued_at = fields.AwareDateTime()
    replaces = fields.String(allow_none=True)


class YearQuery(Schema):
    """``?year=`` of a yearly statement."""

    year = fields.Integer(required=True, validate=validate.Range(min=2000, max=2999))
