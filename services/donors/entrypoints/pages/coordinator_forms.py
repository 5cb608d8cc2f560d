"""The coordinator's forms; each shows itself again with what was refused."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from services.donors.application.announce_gift import AnnounceGift, announce_gift
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.register_donor import register_donor
from services.donors.domain.earmark import Standing, checked_earmark
from services.donors.entrypoints.pages.acting import Shown, do_and_go, shown_again
from services.donors.entrypoints.pages.forms import (
    MORE_LINES,
    Form,
    day_of,
    donor_of,
    earmark_of,
    form_command,
    lines_of,
    lines_shown,
)
from services.donors.entrypoints.words.giving import warning_text
from services.donors.entrypoints.words.terms import KINDS, group_word, names_of_donors
from services.donors.wiring import Donors
from shared.web.auth import allow
from shared.web.languages import LANGUAGE_NAMES, current_language
from shared.web.pages import toast
from shared.web.words import gettext as _

WARNED_OF = ("product_code", "quantity", "expires_on")
"""What warnings depend on beside the earmark; the page of a gift sends none of it."""


def add_forms(made: Blueprint, app: Donors) -> None:
    """Add the forms that announce, promise and register."""
    _add_gift_form(made, app)
    _add_pledge_form(made, app)
    _add_donor_form(made, app)


def _add_gift_form(made: Blueprint, app: Donors) -> None:
    def show(
        error: str | None = None,
        warnings: Sequence[str] = (),
        form: Form | None = None,
    ) -> str:
        return render_template(
            "donors/gift_new.html",
            warnings=warnings,
            warned=warned_key(request.form),
            **_choices(app, error, form),
        )

    @made.get("/gifts/new")
    @allow("coordinator")
    def new_gift() -> Shown:
        """Ask what a donor will bring: what is known of it stands in the form."""
        number = request.args.get("pledge")
        if number is None:
            return show()
        return shown_again(lambda: show(form=_kept_pledge(app, number)), show)

    _add_announcing(made, app, show)


def _add_announcing(made: Blueprint, app: Donors, show: Callable[..., str]) -> None:

    @made.post("/gifts/new")
    @allow("coordinator")
    def post_new_gift() -> Shown:
        """Announce the gift; an earmark with a risk is asked about once before."""
        if MORE_LINES in request.form:
            return show()

        def announce() -> Shown:
            form = request.form
            wish = _gift_of(form)
            goods = _to_come(wish, day_of(form, "expires_on"))
            if warnings := new_warnings(app, wish.earmark, goods):
                return show(warnings=warnings)
            answer = app.perform(
                form_command("announce_gift", form),
                lambda work: announce_gift(work, wish),
            )
            number, kept = answer["gift_number"], wish.pledge_number
            said = [_("Announced: %(number)s", number=number)]
            if kept:
                said.append(_("Pledge %(number)s has ended.", number=kept))
            toast(". ".join(said))
            return redirect(url_for("coordinator.gift", gift_number=number), 303)

        return shown_again(announce, show)


def _kept_pledge(app: Donors, pledge_number: str) -> Form:
    """Fill the form of a gift with what was promised.

    Raises UnknownPledgeError and PledgeEndedError.
    """
    pledge = app.pledges.awaited(pledge_number)
    goods = [
        each
        for code, quantity in pledge.lines
        for each in (("product_code", code), ("quantity", str(quantity)))
    ]
    whose = ("pledge_number", pledge_number), ("donor_code", pledge.donor_code)
    return MultiDict([*whose, *goods])


def _gift_of(form: Form) -> AnnounceGift:
    return AnnounceGift(
        donor_code=form["donor_code"],
        expected=lines_of(form),
        earmark=earmark_of(form),
        pledge_number=form.get("pledge_number") or None,
    )


def _to_come(wish: AnnounceGift, expires_on: date | None) -> Sequence[Standing]:
    return [
        Standing(each.product_code, each.quantity, expires_on) for each in wish.expected
    ]


def _add_pledge_form(made: Blueprint, app: Donors) -> None:
    def show(error: str | None = None) -> str:
        return render_template("donors/pledge_new.html", **_choices(app, error))

    @made.get("/pledges/new")
    @allow("coordinator")
    def new_pledge() -> str:
        """Ask what a donor promises."""
        return show()

    @made.post("/pledges/new")
    @allow("coordinator")
    def post_new_pledge() -> Shown:
        """Keep the pledge and show the list."""
        if MORE_LINES in request.form:
            return show()

        def promise() -> str:
            form = request.form
            wish = MakePledge(
                form["donor_code"], day_of(form, "due_on"), lines_of(form)
            )
            answer = app.perform(
                form_command("make_pledge", form), lambda work: make_pledge(work, wish)
            )
            return _("Pledge kept: %(number)s", number=answer["pledge_number"])

        return shown_again(lambda: do_and_go(promise, url_for("pledges.pledges")), show)


def _add_donor_form(made: Blueprint, app: Donors) -> None:
    def show(error: str | None = None) -> str:
        return render_template(
            "donors/donor_new.html",
            error=error,
            command_id=app.ids.new_id(),
            kinds=[(kind.value, word) for kind, word in KINDS.items()],
            languages=[(code, name) for code, _short, name in LANGUAGE_NAMES],
            form=request.form,
        )

    @made.get("/people/new")
    @allow("coordinator")
    def new_donor() -> str:
        """Ask who gives."""
        return show()

    @made.post("/people/new")
    @allow("coordinator")
    def post_new_donor() -> Shown:
        """Register the donor and show the list."""

        def register() -> str:
            donor = donor_of(request.form)
            app.perform(
                form_command("register_donor", request.form),
                lambda work: register_donor(work, donor),
            )
            return _("Registered: %(name)s", name=donor.name)

        return shown_again(
            lambda: do_and_go(register, url_for("coordinator.people")), show
        )


def _choices(
    app: Donors, error: str | None, given: Form | None = None
) -> dict[str, Any]:
    """Collect what the gift and pledge forms offer, and what stands in them."""
    queries, form = app.queries, request.form if given is None else given
    return {
        "error": error,
        "command_id": app.ids.new_id(),
        "donors": list(names_of_donors(queries).items()),
        "products": queries.catalogue().choices(current_language()),
        "groups": [(group, group_word(group)) for group in queries.groups()],
        "lines_shown": lines_shown(form),
        "form": form,
    }


def new_warnings(
    app: Donors, earmark: Sequence[str] | None, goods: Sequence[Standing]
) -> Sequence[str]:
    """Say what an earmark may cause, unless just this was said before.

    Raises UnknownEarmarkGroupError.
    """
    checked_earmark(earmark, app.queries.groups())
    if request.form.get("warned") == warned_key(request.form):
        return []
    catalogue = app.queries.catalogue()
    found = app.giving.warnings(earmark, goods)
    return [warning_text(one, catalogue) for one in found]


def warned_key(form: Form) -> str:
    """Name what a form was warned of: whoever sends the same again has read it."""
    said = [text for name in WARNED_OF for text in form.getlist(name) if text]
    return ",".join([*sorted(form.getlist("earmark")), *said])
