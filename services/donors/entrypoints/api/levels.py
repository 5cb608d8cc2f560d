# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Stock levels for donors, and what is needed next for everybody."""

from typing import Any

from services.donors.entrypoints.answers import level_answers, need_answers
from services.donors.entrypoints.api import schemas
from services.donors.wiring import Donors
from shared.web.api import ApiBlueprint
from shared.web.auth import EVERYONE, allow
from shared.web.languages import current_language
from shared.web.paging import PagingSchema, cut_page
from shared.web.security import allow_embedding

EMBEDDED_SECONDS = 600


def add_level_routes(api: ApiBlueprint, app: Donors) -> None:
    """Add ``GET /stock-levels`` and ``GET /needs``."""

    @api.get("/stock-levels")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, schemas.StockLevelsSchema)
    @allow("donor", "coordinator")
    def stock_levels(query: dict[str, Any]) -> dict[str, Any]:
        """Give how long the programme's stock lasts, in bands and without places."""
        found = app.queries.levels()
        items = level_answers(found.levels, found.catalogue, current_language())
        return {"as_of": found.as_of, **cut_page(items, query, "product_code")}

    @api.get("/needs")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, schemas.NeedsSchema)
    @allow(EVERYONE)
    def needs(query: dict[str, Any]) -> dict[str, Any]:
        """Give what is needed next; no sign-in, no places, no small numbers.

        Other web sites may ask too, and keep the answer for ten minutes.
        """
        allow_embedding(EMBEDDED_SECONDS)
        found = app.queries.levels()
        items = need_answers(found.public, found.catalogue, current_language())
        return {"as_of": found.as_of, **cut_page(items, query, "product_code")}
