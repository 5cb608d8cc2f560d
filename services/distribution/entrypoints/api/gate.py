# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""What a phone at the gate keeps and sends."""

import hashlib
import json
from uuid import UUID

from flask import Response, request
from marshmallow import Schema, fields
from werkzeug.exceptions import RequestEntityTooLarge

from services.distribution.domain.errors import UnknownPhotoError
from services.distribution.entrypoints.calling import account, scope
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint
from shared.web.auth import allow, current_principal
from shared.web.bodies import takes_up_to
from shared.web.packing import packed

VERSION_DIGITS = 32
PHOTO_BYTES_MAX = 3_000_000


class PhoneAnswer(Schema):
    """What a phone keeps; ``version`` changes with any of it.

    ``deliveries`` may be handed over, ``handed_over`` be corrected; of ``units`` it
    tells what is due.
    """

    version = fields.String()
    account_id = fields.String()
    deliveries = fields.List(fields.Dict())
    handed_over = fields.List(fields.Dict())
    units = fields.List(fields.Dict())
    products = fields.Dict()


def add_gate(api: ApiBlueprint, app: Distribution) -> None:
    """Add what a phone keeps for working at a gate without a network."""
    _add_photos(api, app)

    @api.get("/gate")
    @api.response(200, PhoneAnswer)
    @allow("coordinator", "outreach")
    def get_gate() -> Response:
        """Give what is wholly the caller's; 304 while the same."""
        told = {"account_id": account(), **app.phone_reads.snapshot(scope())}
        text = json.dumps(told, ensure_ascii=False)
        version = hashlib.sha256(text.encode()).hexdigest()[:VERSION_DIGITS]
        response = packed(json.dumps({"version": version, **told}, ensure_ascii=False))
        response.mimetype = "application/json"
        response.cache_control.private = True
        response.cache_control.no_cache = True
        response.set_etag(version, weak=True)
        response.make_conditional(request)
        return response


def _add_photos(api: ApiBlueprint, app: Distribution) -> None:
    address = "/consignments/<string:consignment_number>/photos/<uuid:photo_id>"

    @api.put(address)
    @api.response(204)
    @takes_up_to(PHOTO_BYTES_MAX)
    @allow("coordinator", "outreach")
    def put_photo(consignment_number: str, photo_id: UUID) -> None:
        """Keep a photograph (the body) of the signed waybill; locked, without EXIF."""
        app.photos.keep(
            photo_id, consignment_number, _picture(), scope=scope(), account=account()
        )

    @api.get(address)
    @api.response(200, content_type="image/jpeg")
    @allow("coordinator", "outreach")
    def get_photo(consignment_number: str, photo_id: UUID) -> Response:
        """Show a photograph; who looked, and when, is noted.

        Not for auditors either: they see in the log who did.
        """
        if not current_principal().has_role("coordinator", "outreach"):
            raise UnknownPhotoError
        picture = app.photos.look_at(
            photo_id, consignment_number, scope=scope(), account=account()
        )
        response = Response(picture, content_type="image/jpeg")
        response.cache_control.no_store = True
        return response


def _picture() -> bytes:
    """Read the body; a chunked one is cut off at the limit, so that is too large."""
    picture = request.get_data(cache=False)
    if len(picture) >= PHOTO_BYTES_MAX:
        raise RequestEntityTooLarge
    return picture
