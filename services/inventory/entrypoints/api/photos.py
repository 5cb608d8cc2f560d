"""Photographs: of goods that wait, and of codes that no scanner reads."""

from typing import Any
from uuid import UUID

from flask import Response, request
from marshmallow import Schema, fields
from werkzeug.exceptions import RequestEntityTooLarge

from services.inventory.entrypoints.commands import account
from services.inventory.wiring import Inventory
from shared.web.api import ApiBlueprint
from shared.web.auth import allow
from shared.web.bodies import takes_up_to

PHOTO_BYTES_MAX = 3_000_000
READERS = ("volunteer", "reviewer", "coordinator")
WRITERS = ("volunteer", "coordinator")


class ReadCodeSchema(Schema):
    """A code of a photograph: the text a scanner would send, and its kind."""

    raw = fields.String()
    symbology = fields.String()


class ReadCodesSchema(Schema):
    """Every code that a photograph shows, at least one."""

    codes = fields.List(fields.Nested(ReadCodeSchema))


def add_photo_routes(api: ApiBlueprint, app: Inventory) -> None:
    """Add what a telephone sends as a picture."""
    _add_goods(api, app)

    @api.route("/scans/photo", methods=["POST"])
    @api.response(200, ReadCodesSchema)
    @takes_up_to(PHOTO_BYTES_MAX)
    @allow(*READERS)
    def read_codes() -> dict[str, Any]:
        """Read the codes of a photograph (the body); nothing of it is kept."""
        return {"codes": app.codes_in(_picture())}


def _add_goods(api: ApiBlueprint, app: Inventory) -> None:
    address = "/attention/<uuid:scan_id>/photo"

    @api.route(address, methods=["PUT"])
    @api.response(204)
    @takes_up_to(PHOTO_BYTES_MAX)
    @allow(*WRITERS)
    def put_photo(scan_id: UUID) -> None:
        """Keep a photograph (the body) of goods that wait, in place of another."""
        app.keep_photo(scan_id, account(), _picture())

    @api.route(address)
    @api.response(200, content_type="image/jpeg")
    @allow(*READERS)
    def get_photo(scan_id: UUID) -> Response:
        """Show the photograph of goods that wait; it is gone once they do not."""
        response = Response(app.queries.photo(scan_id), content_type="image/jpeg")
        response.cache_control.no_store = True
        return response


def _picture() -> bytes:
    """Read the body; a chunked one is cut off at the limit, so that is too large."""
    picture = request.get_data(cache=False)
    if len(picture) >= PHOTO_BYTES_MAX:
        raise RequestEntityTooLarge
    return picture
