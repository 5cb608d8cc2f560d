# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""A donor's own gifts: whoever asks sees those of the account's donor, no others."""

import json
from collections.abc import Iterable
from typing import Any

from flask import Response

from services.donors.domain.errors import NoDonorAccountError
from services.donors.entrypoints.answers import gift_answer, items_of
from services.donors.entrypoints.api import schemas
from services.donors.entrypoints.api.paging import MOMENT_AND_NUMBER, cursor_of
from services.donors.entrypoints.live import Dashboards
from services.donors.wiring import Donors
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow, current_principal
from shared.web.languages import current_language
from shared.web.paging import PagingSchema, decode_cursor
from shared.web.streams import StreamEvent


def own_donor_code() -> str:
    """Give the donor the account stands for; raises NoDonorAccountError.

    The one place a donor's code comes from: never from an address or a body.
    """
    code = current_principal().donor_code
    if code is None:
        raise NoDonorAccountError
    return code


def add_my_routes(api: ApiBlueprint, app: Donors, dashboards: Dashboards) -> None:
    """Add ``/me/summary``, ``/me/gifts`` and ``/me/stream``."""
    _add_summary(api, app)
    _add_gifts(api, app)

    @api.get("/me/stream")
    @api.response(200, content_type="text/event-stream")
    @allow("donor")
    def my_stream() -> Response:
        """Tell the version of the donor's numbers now and whenever it changes."""
        donor_code = own_donor_code()

        def produce() -> Iterable[StreamEvent]:
            version = dashboards.version_of(donor_code)
            data = json.dumps({"version": version})
            return [StreamEvent(data, name="change", event_id=version)]

        return dashboards.stream(donor_code, produce)


def _add_summary(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/me/summary")
    @api.response(200, schemas.SummarySchema)
    @allow("donor")
    def my_summary() -> dict[str, Any]:
        """Give what became of everything this donor gave, by product."""
        book = app.queries.book(own_donor_code())
        return {
            "donor_code": book.donor.donor_code,
            "name": book.donor.name,
            "counted_at": book.counted_at,
            "gifts": len(book.accounts),
            "items": items_of(book.accounts, book.catalogue, current_language()),
        }


def _add_gifts(api: ApiBlueprint, app: Donors) -> None:
    @api.get("/me/gifts")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, Page.of(schemas.GiftSchema))
    @allow("donor")
    def my_gifts(query: dict[str, Any]) -> dict[str, Any]:
        """List this donor's gifts, newest first."""
        after = decode_cursor(query["cursor"], *MOMENT_AND_NUMBER)
        page = app.queries.my_gifts(own_donor_code(), query["limit"], after)
        catalogue, language = app.queries.catalogue(), current_language()
        items = [gift_answer(each, catalogue, language) for each in page.accounts]
        return {"items": items, "next": cursor_of(page.next_key)}

    @api.get("/me/gifts/<gift_number>")
    @api.response(200, schemas.MyGiftSchema)
    @allow("donor")
    def my_gift(gift_number: str) -> dict[str, Any]:
        """Give one gift's way; another's answers like one that does not exist."""
        book = app.queries.book(own_donor_code(), gift_number)
        (account,) = book.accounts
        answer = gift_answer(account, book.catalogue, current_language())
        return {**answer, "story": book.story}
