"""Where it went: the donor's page, and the coordinator's page to freeze a month."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.donors.application.freeze_month import FreezeMonth, freeze_month
from services.donors.domain.errors_of_months import ThresholdTooLowError
from services.donors.domain.masking.freezing import LineKind, ToldLine
from services.donors.entrypoints.api.destinations import month_of
from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.pages.forms import form_command
from services.donors.entrypoints.words.terms import names_of_donors
from services.donors.entrypoints.words.told import KINDS, month_word, told_views
from services.donors.wiring import Donors
from shared.kernel.errors import DomainError
from shared.web.auth import allow, current_principal
from shared.web.languages import current_language
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import gettext as _

Lines = Iterable[tuple[str, Sequence[ToldLine]]]


def destination_pages(app: Donors) -> Blueprint:
    """Make the pages; the auditor may read the coordinator's."""
    made = Blueprint("destinations", __name__, template_folder="../../templates")
    _add_my_page(made, app)
    _add_lists(made, app)
    _add_preview(made, app)
    return made


def _add_my_page(made: Blueprint, app: Donors) -> None:
    @made.get("/destinations")
    @allow("donor")
    def mine() -> str:
        """Show a donor where the own goods went, month by month."""
        found = app.snapshots.destinations(own_donor_code())
        language = current_language()
        return render_template(
            "donors/destinations.html",
            months=[
                (
                    month_word(frozen.month),
                    told_views(lines, found.catalogue, language),
                )
                for frozen, lines in found.months
            ],
            kinds=KINDS,
            own=LineKind.OWN,
        )


def _add_lists(made: Blueprint, app: Donors) -> None:
    @made.get("/months")
    @allow("coordinator")
    def months() -> str:
        """List the frozen months and the one whose turn it is."""
        found = app.snapshots.calendar()
        return render_template(
            "donors/months.html",
            due=found.due,
            frozen=found.frozen,
            month_word=month_word,
        )

    @made.get("/months/<month>")
    @allow("coordinator")
    def month(month: str) -> str:
        """Show a frozen month as every donor is told of it."""
        found = app.snapshots.frozen(month_of(month))
        return render_template(
            "donors/month.html",
            title=month_word(found.frozen.month),
            frozen=found.frozen,
            donors=_told_of(app, found.lines.items()),
            kinds=KINDS,
            own=LineKind.OWN,
        )


def _add_preview(made: Blueprint, app: Donors) -> None:
    @made.get("/months/preview")
    @allow("coordinator")
    def preview() -> str | tuple[str, int]:
        """Show what would be told, and why no more, before it is frozen."""
        threshold = request.args.get("threshold", type=int)
        try:
            shown = _shown(app, threshold)
        except ThresholdTooLowError as refusal:
            return _unchanged(app, refusal)
        return render_template("donors/month_preview.html", **shown, error=None)

    @made.post("/months")
    @allow("coordinator")
    def freeze() -> str | tuple[str, int] | Response:
        """Freeze the month as it was shown."""
        form = request.form
        wish = FreezeMonth(
            month_of(form.get("month", "")),
            form.get("threshold", 0, type=int),
            form.get("fingerprint", ""),
        )
        account = str(current_principal().account_id)
        try:
            app.perform(
                form_command("freeze_month", form),
                lambda work: freeze_month(work, wish, account),
            )
        except DomainError as refusal:
            return _unchanged(app, refusal)
        toast(_("Frozen: %(month)s", month=month_word(wish.month)))
        return redirect(url_for("destinations.months"), 303)


def _unchanged(app: Donors, refusal: DomainError) -> tuple[str, int]:
    """Show the preview as it is now, with what was refused above it."""
    page = render_template(
        "donors/month_preview.html", **_shown(app, None), error=problem_text(refusal)
    )
    return page, status_of(refusal)


def _shown(app: Donors, threshold: int | None) -> Mapping[str, Any]:
    found = app.snapshots.preview(threshold)
    return {
        "title": month_word(found.month),
        "month": found.month.strftime("%Y-%m"),
        "preview": found,
        "donors": _told_of(
            app, [(donor, each.lines) for donor, each in found.snapshots.items()]
        ),
        "command_id": app.ids.new_id(),
        "kinds": KINDS,
        "own": LineKind.OWN,
    }


def _told_of(app: Donors, lines: Lines) -> Sequence[tuple[str, Sequence[Any]]]:
    """Put every donor's lines into words, with the reasons as they are."""
    names, catalogue = names_of_donors(app.queries), app.queries.catalogue()
    language = current_language()
    return [
        (names.get(donor, donor), told_views(told, catalogue, language, is_donor=False))
        for donor, told in lines
        if told
    ]
