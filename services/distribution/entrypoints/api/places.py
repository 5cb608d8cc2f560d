# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Facilities, units and headcounts for programs."""

from datetime import date
from typing import Any

from services.distribution.application.register_place import (
    register_facility,
    register_unit,
)
from services.distribution.application.state_headcount import state_headcount
from services.distribution.domain.places import Facility, Unit
from services.distribution.entrypoints.api import answers, schemas, schemas_needing
from services.distribution.entrypoints.calling import (
    account,
    asked,
    command,
    page,
    scope,
)
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint, Page
from shared.web.auth import allow
from shared.web.paging import PagingSchema


def add_places(api: ApiBlueprint, app: Distribution) -> None:
    """Add the routes of places."""
    _add_facilities(api, app)
    _add_units(api, app)
    _add_headcounts(api, app)


def _add_facilities(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/facilities")
    @api.arguments(PagingSchema, location="query")
    @api.response(200, Page.of(answers.FacilityAnswer))
    @allow("coordinator", "outreach")
    def list_facilities(query: dict[str, Any]) -> Any:
        """List the facilities by code; an outreach team sees those of its units."""
        return page(app.queries.facilities(asked(query, str, whose=scope())))

    @api.post("/facilities")
    @api.arguments(schemas.FacilitySchema)
    @api.response(201, answers.FacilityAnswer)
    @allow("coordinator")
    def post_facility(body: dict[str, Any]) -> Any:
        """Register a facility, or say how it is from now on."""
        facility = Facility(
            facility_code=body["facility_code"],
            name=body["name"] or body["facility_code"],
            region=body["region"],
            audience=body["audience"],
            not_admitted=frozenset(body["not_admitted"]),
        )
        command_id = body["command_id"] or app.ids.new_id()
        return app.perform(
            command("register_facility", body, command_id),
            lambda work: register_facility(facility, work),
        )


def _add_units(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/units")
    @api.arguments(schemas.UnitsQuery, location="query")
    @api.response(200, Page.of(answers.UnitAnswer))
    @allow("coordinator", "outreach")
    def list_units(query: dict[str, Any]) -> Any:
        """List the units by code; an outreach team sees its own."""
        return page(app.queries.units(asked(query, str, whose=scope())))

    @api.get("/units/<string:unit_code>")
    @api.response(200, answers.UnitAnswer)
    @allow("coordinator", "outreach")
    def get_unit(unit_code: str) -> Any:
        """Give one unit."""
        return app.queries.unit(unit_code, scope())

    @api.post("/units")
    @api.arguments(schemas.UnitSchema)
    @api.response(201, answers.UnitAnswer)
    @allow("coordinator")
    def post_unit(body: dict[str, Any]) -> Any:
        """Register a unit, or say how it is from now on."""
        facility = app.queries.facility(body["facility_code"])
        unit = Unit(
            unit_code=body["unit_code"],
            facility_code=body["facility_code"],
            kind=body["kind"],
            audience=body["audience"] or facility["audience"],
            groups=frozenset(body["groups"]),
            is_closed=body["is_closed"],
        )
        command_id = body["command_id"] or app.ids.new_id()
        return app.perform(
            command("register_unit", body, command_id),
            lambda work: register_unit(unit, work),
        )


def _add_headcounts(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/units/<string:unit_code>/headcounts")
    @api.response(200, answers.HeadcountsAnswer)
    @allow("coordinator", "outreach")
    def list_headcounts(unit_code: str) -> Any:
        """Give every headcount of a unit, newest day first."""
        return {"items": app.queries.headcount_history(unit_code, scope())}

    @api.put("/units/<string:unit_code>/headcounts")
    @api.arguments(schemas.HeadcountSchema)
    @api.response(200, answers.UnitAnswer)
    @allow("coordinator", "outreach")
    def put_headcounts(body: dict[str, Any], unit_code: str) -> Any:
        """State the headcount of a day as a whole."""
        whose, who = scope(), account()
        return app.perform(
            command(f"state_headcount {unit_code}", body),
            lambda work: state_headcount(
                unit_code, body["as_of"], body["bands"], work, scope=whose, account=who
            ),
        )

    @api.get("/units/<string:unit_code>/requisition-form")
    @api.arguments(schemas.FormQuery, location="query")
    @api.response(200, schemas_needing.FormAnswer)
    @allow("coordinator", "outreach")
    def get_form(query: dict[str, Any], unit_code: str) -> Any:
        """Prefill a requisition from entitlement and what came this month."""
        day: date = query["needed_by"] or app.queries.today()
        return app.queries.requisition_form(unit_code, day, scope())
