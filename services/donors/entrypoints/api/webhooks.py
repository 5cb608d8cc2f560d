# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Webhooks for programs: a donor's own system is told when a gift has moved."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.webhook import URL_CHARS_MAX
from services.donors.entrypoints.answers import Catalogue, gift_answer
from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.api.schemas import GiftSchema
from services.donors.wiring import Donors
from shared.web.api import ApiBlueprint
from shared.web.auth import allow

LANGUAGE = "en"
"""Programs are told in one language; codes are there for all others."""


class NewWebhookSchema(Schema):
    """The body of ``POST /me/webhooks``."""

    url = fields.String(
        required=True, validate=validate.Length(min=1, max=URL_CHARS_MAX)
    )


class WebhookSchema(Schema):
    """One webhook; its secret is never shown again."""

    webhook_id = fields.UUID()
    url = fields.String()
    created_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)


class WebhooksSchema(Schema):
    """The answer of ``GET /me/webhooks``."""

    items = fields.List(fields.Nested(WebhookSchema))


class NewWebhookAnswerSchema(Schema):
    """The one answer that holds the secret."""

    webhook_id = fields.UUID()
    secret = fields.String()


class DeliverySchema(Schema):
    """One thing that was told or waits to be told."""

    delivery_id = fields.UUID()
    gift_number = fields.String()
    created_at = fields.AwareDateTime()
    state = fields.String()
    tries = fields.Integer()
    last_status = fields.Integer(allow_none=True)
    last_problem = fields.String(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)


class DeliveriesSchema(Schema):
    """The answer of ``GET /me/webhooks/{webhook_id}/deliveries``."""

    items = fields.List(fields.Nested(DeliverySchema))


class DoneSchema(Schema):
    """The answer to a step that needs none."""

    webhook_id = fields.UUID()


def gift_for_programs(account: GiftAccount, catalogue: Catalogue) -> dict[str, Any]:
    """Write one gift as ``GET /me/gifts`` does, in English."""
    answer = gift_answer(account, catalogue, LANGUAGE)
    told: dict[str, Any] = GiftSchema().dump(answer)
    return told


def add_webhook_routes(api: ApiBlueprint, app: Donors) -> None:
    """Add ``/me/webhooks`` and what belongs to one of them."""
    _add_list(api, app)
    _add_one(api, app)


def _add_list(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/me/webhooks")
    @api.response(200, WebhooksSchema)
    @allow("donor")
    def my_webhooks() -> dict[str, Any]:
        """List this donor's webhooks, newest first."""
        return {"items": app.webhooks.of(own_donor_code())}

    @api.post("/me/webhooks")
    @api.arguments(NewWebhookSchema)
    @api.response(201, NewWebhookAnswerSchema)
    @allow("donor")
    def new_webhook(body: dict[str, Any]) -> dict[str, Any]:
        """Begin to tell an address; the secret is shown this once."""
        webhook_id, secret = app.webhooks.begin(
            own_donor_code(), body["url"], gift_for_programs
        )
        return {"webhook_id": webhook_id, "secret": secret}


def _add_one(api: ApiBlueprint, app: Donors) -> None:
    @api.post("/me/webhooks/<uuid:webhook_id>/end")
    @api.response(200, DoneSchema)
    @allow("donor")
    def end_webhook(webhook_id: UUID) -> dict[str, Any]:
        """Tell an address nothing more; what was told stays listed."""
        app.webhooks.end(own_donor_code(), webhook_id)
        return {"webhook_id": webhook_id}

    @api.get("/me/webhooks/<uuid:webhook_id>/deliveries")
    @api.response(200, DeliveriesSchema)
    @allow("donor")
    def deliveries(webhook_id: UUID) -> dict[str, Any]:
        """List the newest deliveries with how their last try ended."""
        return {"items": app.webhooks.deliveries(own_donor_code(), webhook_id)}

    @api.post("/me/webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/replay")
    @api.response(200, DoneSchema)
    @allow("donor")
    def replay_delivery(webhook_id: UUID, delivery_id: UUID) -> dict[str, Any]:
        """Post a delivery again, with the same id and body."""
        app.webhooks.send_again(own_donor_code(), webhook_id, delivery_id)
        return {"webhook_id": webhook_id}
