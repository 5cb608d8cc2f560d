"""The places of the warehouse in the order of a walk."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import ValidationError

from services.inventory.application.catalogue.arrange_places import (
    ArrangePlace,
    arrange_place,
)
from services.inventory.application.ports.work import Place, Work
from services.inventory.entrypoints.api.receiving_schemas import STEP
from services.inventory.entrypoints.api.schemas import CODE
from services.inventory.entrypoints.commands import command
from services.inventory.entrypoints.pages.forms import account, form_id, whole
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.words import _

KINDS = ("storage", "hold", "dispatch")


class PlacePages:
    """``/inventory/places``; the coordinator names and orders them."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/places", "places", self.show)
        pages.add_url_rule("/places", "places_arrange", self.arrange, methods=["POST"])
        pages.add_url_rule("/places/new", "place_add", self.add, methods=["POST"])

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List the places in walking order."""
        return self._page()

    @allow("coordinator")
    def arrange(self) -> Any:
        """Give every place its name and its step of the walk, all at once."""
        form = request.form
        try:
            places = [
                Place(
                    place.location_code,
                    _name(form.get(f"name-{place.location_code}", place.name)),
                    place.kind,
                    _step(form.get(f"step-{place.location_code}", "0")),
                )
                for place in self._service.queries.locations()
            ]
            body = {
                "command_id": form_id("command_id"),
                "places": [
                    (one.location_code, one.name, one.sequence) for one in places
                ],
            }
            self._perform("arrange_places", body, places)
        except DomainError as refusal:
            return self._page(error=refusal_text(refusal)), status_of(refusal)
        toast(_("The walk is kept."))
        return redirect(url_for("pages.places"), 303)

    @allow("coordinator")
    def add(self) -> Any:
        """Add a place."""
        form = request.form
        try:
            place = Place(
                _code(form.get("location_code", "")),
                _name(form.get("name", "")),
                form.get("kind", "storage"),
                _step(form.get("sequence", "0")),
            )
            if place.kind not in KINDS:
                raise MalformedError("kind is one of the list.", field="kind")
            body = {"command_id": form_id("command_id"), **asdict(place)}
            self._perform("arrange_place", body, [place])
        except DomainError as refusal:
            return self._page(add_error=refusal_text(refusal)), status_of(refusal)
        toast(_("%(place)s is a place now.", place=place.location_code))
        return redirect(url_for("pages.places"), 303)

    def _perform(self, name: str, body: dict[str, Any], places: list[Place]) -> None:
        by = account()

        def arrange(work: Work) -> dict[str, Any]:
            done = [arrange_place(work, ArrangePlace(place, by)) for place in places]
            return {"places": [each["location_code"] for each in done]}

        self._service.perform(command(name, body), arrange)

    def _page(self, error: str = "", add_error: str = "") -> str:
        found = self._service.queries.locations()
        return render_template(
            "inventory/places.html",
            places=sorted(found, key=lambda one: (one.sequence, one.location_code)),
            error=error,
            add_error=add_error,
            form=request.form,
        )


def _code(text: str) -> str:
    try:
        return str(CODE(text.strip()))
    except ValidationError:
        raise MalformedError("A place has a code.", field="new_location_code") from None


def _name(text: str) -> str:
    name = text.strip()[:100]
    if not name:
        raise MalformedError("A place has a name.", field="place_name")
    return name


def _step(text: str) -> int:
    step = whole(text or "0")
    if not isinstance(step, int):
        raise MalformedError("A step is a whole number.", field="quantity")
    return min(step, STEP.max or step)
