# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""What a phone at the gate keeps and sends."""

import hashlib
import json

from flask import Response, request
from marshmallow import Schema, fields

from services.distribution.entrypoints.calling import scope
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint
from shared.web.auth import allow

VERSION_DIGITS = 32


class OnTheWayAnswer(Schema):
    """Deliveries that may be handed over; ``version`` changes with any of it."""

    version = fields.String()
    deliveries = fields.List(fields.Dict())


def add_gate(api: ApiBlueprint, app: Distribution) -> None:
    """Add what a phone keeps for working at a gate without a network."""

    @api.get("/gate")
    @api.response(200, OnTheWayAnswer)
    @allow("coordinator", "outreach")
    def get_gate() -> Response:
        """Give the deliveries on their way, wholly the caller's; 304 while the same."""
        text = json.dumps(app.gate_reads.on_the_way(scope()), ensure_ascii=False)
        version = hashlib.sha256(text.encode()).hexdigest()[:VERSION_DIGITS]
        body = f'{{"version":"{version}","deliveries":{text}}}'
        response = Response(body, content_type="application/json")
        response.cache_control.private = True
        response.cache_control.no_cache = True
        response.set_etag(version, weak=True)
        response.make_conditional(request)
        return response
