"""One gift whole: its way, whom it is meant for, and whose it is."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for

from services.donors.application.name_donor import name_donor
from services.donors.application.set_earmark import set_earmark
from services.donors.domain.donor import ANONYMOUS_CODE
from services.donors.domain.fulfilment import standing
from services.donors.entrypoints.dashboard import gift_view
from services.donors.entrypoints.pages.acting import Shown, do_and_go, done, shown_again
from services.donors.entrypoints.pages.coordinator_forms import (
    new_warnings,
    warned_key,
)
from services.donors.entrypoints.pages.forms import earmark_of, form_command
from services.donors.entrypoints.words.giving import warning_text
from services.donors.entrypoints.words.terms import group_word, names_of_donors
from services.donors.wiring import Donors
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.returning import stand_at
from shared.web.words import gettext as _


def add_gift_page(made: Blueprint, app: Donors) -> None:
    """Add the page of a gift and the forms that correct it."""

    @made.get("/gifts/<gift_number>")
    @allow("coordinator")
    def gift(gift_number: str) -> str:
        """Show one gift whole, with what its earmark may cause."""
        return _page(app, gift_number)

    _add_earmark(made, app)
    _add_donor(made, app)


def _add_earmark(made: Blueprint, app: Donors) -> None:
    @made.post("/gifts/<gift_number>/earmark")
    @allow("coordinator")
    def post_gift_earmark(gift_number: str) -> Shown:
        """Set the earmark of all that is undecided; a risk is asked about once."""
        page = url_for("coordinator.gift", gift_number=gift_number)
        stand_at(page)

        def change() -> Shown:
            groups = earmark_of(request.form)
            goods = standing(app.queries.gift(gift_number))
            if asked := new_warnings(app, groups, goods):
                return _page(app, gift_number, asked=asked)

            def keep() -> str:
                app.perform(
                    form_command(f"set_earmark {gift_number}", request.form),
                    lambda work: set_earmark(work, gift_number, groups),
                )
                return _("The earmark is changed.")

            return do_and_go(keep, page)

        return shown_again(change, lambda error: _page(app, gift_number, error))


def _add_donor(made: Blueprint, app: Donors) -> None:
    @made.post("/gifts/<gift_number>/donor")
    @allow("coordinator")
    def post_gift_donor(gift_number: str) -> Shown:
        """Name the donor of a walk-in gift."""
        donor_code = request.form.get("donor_code", "")

        def name() -> str:
            app.perform(
                form_command(f"name_donor {gift_number}", request.form),
                lambda work: name_donor(work, gift_number, donor_code),
            )
            return _("The gift now belongs to %(code)s.", code=donor_code)

        back = url_for("coordinator.gift", gift_number=gift_number)
        return done(name, back, lambda error: _page(app, gift_number, error))


def _page(
    app: Donors,
    gift_number: str,
    error: str | None = None,
    asked: Sequence[str] = (),
) -> str:
    account = app.queries.gift(gift_number)
    catalogue = app.queries.catalogue()
    names = names_of_donors(app.queries)
    warnings = app.giving.warnings(account.earmark, standing(account))
    ticked = request.form.getlist("earmark") if asked else account.earmark or ()
    return render_template(
        "donors/gift.html",
        gift=gift_view(account, catalogue, current_language()),
        donor_name=names[account.donor_code],
        names={code: name for code, name in names.items() if code != ANONYMOUS_CODE},
        is_anonymous=account.donor_code == ANONYMOUS_CODE,
        groups=[
            (group, group_word(group), group in ticked)
            for group in app.queries.groups()
        ],
        warnings=[warning_text(one, catalogue) for one in warnings],
        asked=asked,
        warned=warned_key(request.form),
        error=error,
        earmark_command=app.ids.new_id(),
        donor_command=app.ids.new_id(),
        counted_at=app.clock.now(),
    )
