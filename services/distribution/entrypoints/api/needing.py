# mypy: disable-error-code="untyped-decorator"
# flask-smorest's decorators carry no types
"""Calendars, what lapses, substitutes, authorisations and growth for programs."""

from typing import Any
from uuid import UUID

from services.distribution.application.authorise import (
    authorise,
    end_authorisation,
    note_purchase,
)
from services.distribution.application.change_calendar import change_calendar
from services.distribution.application.lapse_open import set_carry_rule
from services.distribution.application.move_delivery import Hanging, move_delivery
from services.distribution.application.substitute import Substitution, substitute
from services.distribution.domain.authorisation import Authorisation
from services.distribution.domain.carrying import CarryRule
from services.distribution.entrypoints.api import answers, schemas_needing
from services.distribution.entrypoints.api.schema_parts import CommandSchema
from services.distribution.entrypoints.calling import (
    account,
    authorised_for,
    command,
    scope,
)
from services.distribution.wiring import Distribution
from shared.web.api import ApiBlueprint
from shared.web.auth import allow


def add_needing(api: ApiBlueprint, app: Distribution) -> None:
    """Add the routes of what units need beside goods of the norms."""
    _add_calendars(api, app)
    _add_carry_rules(api, app)
    _add_substitutes(api, app)
    _add_authorisations(api, app)
    _add_authorisation_steps(api, app)
    _add_growth(api, app)


def _add_calendars(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/facilities/<string:facility_code>/calendar")
    @api.response(200, schemas_needing.CalendarAnswer)
    @allow("coordinator")
    def get_calendar(facility_code: str) -> Any:
        """Give the days on which a facility takes deliveries, from today on."""
        app.queries.facility(facility_code)
        days = app.page_reads.delivery_days(facility_code, app.queries.today())
        return {
            "facility_code": facility_code,
            "days": map(str, days),
            "off": app.page_reads.on_days_off(facility_code),
            "consignments_off": app.page_reads.planned_on_days_off(facility_code),
        }

    @api.post("/facilities/<string:facility_code>/calendar/move")
    @api.arguments(schemas_needing.MoveSchema)
    @api.response(200, schemas_needing.DeliveryMovedAnswer)
    @allow("coordinator")
    def post_move(body: dict[str, Any], facility_code: str) -> Any:
        """Put what hangs on a day on another one of the calendar, all or none."""
        hanging = Hanging(body["requisition_ids"], body["consignment_numbers"])
        return app.perform(
            command(f"move_delivery {facility_code}", body),
            lambda work: move_delivery(facility_code, hanging, body["to_day"], work),
        )

    @api.put("/facilities/<string:facility_code>/calendar")
    @api.arguments(schemas_needing.CalendarSchema)
    @api.response(200, schemas_needing.CalendarAnswer)
    @allow("coordinator")
    def put_calendar(body: dict[str, Any], facility_code: str) -> Any:
        """Put days on the calendar and take days off it; others stay."""
        days = dict.fromkeys(body["add"], True) | dict.fromkeys(body["remove"], False)
        who = account()
        return app.perform(
            command(f"change_calendar {facility_code}", body),
            lambda work: change_calendar(facility_code, days, work, account=who),
        )


def _add_carry_rules(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/carry-rules")
    @api.response(200, schemas_needing.CarryRulesAnswer)
    @allow("coordinator")
    def get_carry_rules() -> Any:
        """Give every rule about open goods, the newest first."""
        return {"items": app.page_reads.carry_rules()}

    @api.put("/carry-rules")
    @api.arguments(schemas_needing.CarryRuleSchema)
    @api.response(200, schemas_needing.CarryRuleAnswer)
    @allow("coordinator")
    def put_carry_rule(body: dict[str, Any]) -> Any:
        """Say what becomes of open goods from a day on."""
        since = body["effective_from"] or app.queries.today()
        rule = CarryRule(since, body["lapses_after_days"])
        who = account()
        return app.perform(
            command("set_carry_rule", body),
            lambda work: set_carry_rule(rule, work, account=who),
        )


def _add_substitutes(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/requisitions/<uuid:requisition_id>/substitute")
    @api.arguments(schemas_needing.SubstituteSchema)
    @api.response(200, answers.RequisitionAnswer)
    @allow("coordinator")
    def post_substitute(body: dict[str, Any], requisition_id: UUID) -> Any:
        """Offer another product for all that is open of a line."""
        wish = Substitution(
            requisition_id,
            body["product_code"],
            body["substitute_code"],
            body["quantity"],
            body["reason"],
        )
        return app.perform(
            command(f"substitute {requisition_id}", body),
            lambda work: substitute(wish, work),
        )


def _add_authorisations(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/authorisations")
    @api.response(200, schemas_needing.AuthorisationsAnswer)
    @allow("reviewer", "coordinator", "outreach")
    def list_authorisations() -> Any:
        """List authorisations, the newest first; an outreach team sees its own."""
        return {"items": app.page_reads.authorisations(authorised_for())}

    @api.post("/authorisations")
    @api.arguments(schemas_needing.AuthorisationSchema)
    @api.response(201, schemas_needing.AuthorisationAnswer)
    @allow("reviewer")
    def post_authorisation(body: dict[str, Any]) -> Any:
        """Open an authorisation for breast-milk substitutes that are to be bought."""
        wish = Authorisation(
            **{**body, "starts_on": body["starts_on"] or app.queries.today()}
        )
        who = account()
        return app.perform(
            command("authorise", body, body["authorisation_id"]),
            lambda work: authorise(wish, work, account=who),
        )


def _add_authorisation_steps(api: ApiBlueprint, app: Distribution) -> None:
    @api.post("/authorisations/<uuid:authorisation_id>/purchase")
    @api.arguments(schemas_needing.PurchaseSchema)
    @api.response(200, schemas_needing.AuthorisationAnswer)
    @allow("coordinator")
    def post_purchase(body: dict[str, Any], authorisation_id: UUID) -> Any:
        """Note what was bought, or correct it; it never passes through the stock."""
        who = account()
        return app.perform(
            command(f"note_purchase {authorisation_id}", body),
            lambda work: note_purchase(
                authorisation_id,
                body["bought"],
                work,
                account=who,
                corrects=body["corrects"],
            ),
        )

    @api.post("/authorisations/<uuid:authorisation_id>/end")
    @api.arguments(CommandSchema)
    @api.response(200, schemas_needing.AuthorisationAnswer)
    @allow("reviewer")
    def post_end(body: dict[str, Any], authorisation_id: UUID) -> Any:
        """End an authorisation before its weeks are over."""
        return app.perform(
            command(f"end_authorisation {authorisation_id}", body),
            lambda work: end_authorisation(authorisation_id, work),
        )


def _add_growth(api: ApiBlueprint, app: Distribution) -> None:
    @api.get("/units/<string:unit_code>/nappies-ahead")
    @api.response(200, schemas_needing.NappiesAheadAnswer)
    @allow("coordinator", "outreach")
    def get_nappies_ahead(unit_code: str) -> Any:
        """Foresee the sizes of nappies over the coming eight weeks."""
        app.queries.unit(unit_code, scope())
        found = app.page_reads.nappies_ahead(unit_code)
        if found is None:
            return {"weeks": [], "sizes": []}
        return {
            "weeks": [week.isoformat() for week in found.weeks],
            "sizes": [
                {
                    "product_code": ahead.size.product_code,
                    "children": list(ahead.children),
                    "packs": ahead.packs,
                }
                for ahead in found.sizes
            ],
        }
