"""What donors promised: the list, another day, an end, and taking it up again."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.donors.application.end_pledge import end_pledge, reopen_pledge
from services.donors.application.move_pledge import move_pledge
from services.donors.application.searches import PledgeSearch
from services.donors.domain.promise import PledgeState
from services.donors.entrypoints.api.paging import MOMENT_AND_NUMBER, cursor_of
from services.donors.entrypoints.pages.acting import Shown, done, shown_again
from services.donors.entrypoints.pages.forms import day_of, form_command
from services.donors.entrypoints.words.giving import PLEDGE_STATES
from services.donors.entrypoints.words.terms import names_of_donors
from services.donors.wiring import Donors
from shared.web import formats
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.pages import toast
from shared.web.paging import decode_cursor
from shared.web.returning import stand_at
from shared.web.units import counted_unit
from shared.web.words import gettext as _

PAGE_ROWS = 50


def pledge_pages(app: Donors) -> Blueprint:
    """Make the list of pledges and what its forms do."""
    made = Blueprint("pledges", __name__, template_folder="../../templates")

    @made.get("/pledges")
    @allow("coordinator")
    def pledges() -> str:
        """List what was promised, newest first: all, or of one state or donor."""
        return _page(app)

    @made.post("/pledges/<pledge_number>/due-day")
    @allow("coordinator")
    def post_due_day(pledge_number: str) -> Shown:
        """Await a pledge by another day; Undo gives it the one it had."""
        back = url_for("pledges.pledges")
        stand_at(back)

        def move() -> Response:
            _move(app, pledge_number)
            return redirect(back, 303)

        return shown_again(move, lambda error: _page(app, error, pledge_number))

    for name, act in ACTS.items():

        @made.post(f"/pledges/<pledge_number>/{name}", endpoint=f"post_{name}")
        @allow("coordinator")
        def post(pledge_number: str, act: Callable[[Donors, str], str] = act) -> Shown:
            """Do what the form wishes, or show the list with the refusal."""
            return done(
                lambda: act(app, pledge_number),
                url_for("pledges.pledges"),
                lambda error: _page(app, error),
            )

    return made


def _page(
    app: Donors, error: str | None = None, refused_number: str | None = None
) -> str:
    search = search_of(request.args)
    after = decode_cursor(request.args.get("cursor"), *MOMENT_AND_NUMBER)
    found = app.pledges.page(search, PAGE_ROWS, after)
    catalogue, language = app.queries.catalogue(), current_language()
    return render_template(
        "donors/pledges.html",
        pledges=[(row, promised(row.lines, catalogue, language)) for row in found.rows],
        names=names_of_donors(app.queries),
        gifts=app.pledges.newest_gifts({row.donor_code for row in found.rows}),
        states=[(each.value, word) for each, word in PLEDGE_STATES.items()],
        search=search,
        new_id=app.ids.new_id,
        refused_number=refused_number,
        form=request.form,
        error=error,
        next_cursor=cursor_of(found.next_key),
        counted_at=app.clock.now(),
    )


def search_of(given: Mapping[str, str]) -> PledgeSearch:
    """Read what is looked for; a state that does not exist narrows nothing."""
    state = given.get("state", "")
    return PledgeSearch(
        state=PledgeState(state) if state in set(PledgeState) else None,
        donor_code=given.get("donor") or None,
    )


def _move(app: Donors, pledge_number: str) -> None:
    due_on = day_of(request.form, "due_on")
    moved = app.perform(
        form_command(f"move_pledge {pledge_number}", request.form),
        lambda work: move_pledge(work, pledge_number, due_on),
    )
    said = _("Pledge %(number)s is awaited without a day.", number=pledge_number)
    if due_on:
        day = formats.day(due_on, current_language())
        said = _("Pledge %(number)s is due by %(day)s.", number=pledge_number, day=day)
    undo = {"command_id": str(app.ids.new_id()), "due_on": moved["due_before"] or ""}
    toast(said, url_for("pledges.post_due_day", pledge_number=pledge_number), undo)


def _end(app: Donors, pledge_number: str) -> str:
    number = request.form.get("gift_number", "").strip().upper() or None
    app.perform(
        form_command(f"end_pledge {pledge_number}", request.form),
        lambda work: end_pledge(work, pledge_number, number),
    )
    return _("Pledge %(number)s has ended.", number=pledge_number)


def _reopen(app: Donors, pledge_number: str) -> str:
    app.perform(
        form_command(f"reopen_pledge {pledge_number}", request.form),
        lambda work: reopen_pledge(work, pledge_number),
    )
    return _("Pledge %(number)s is open again.", number=pledge_number)


ACTS: Mapping[str, Callable[[Donors, str], str]] = {"end": _end, "reopen": _reopen}


def promised(lines: Any, catalogue: Any, language: str) -> list[tuple[str, int, str]]:
    """Give name, quantity and unit of each line of a pledge."""
    words = [catalogue.words(code, language) for code, _ in lines]
    return [
        (word.name, quantity, counted_unit(word.unit_of_issue, quantity))
        for word, (_, quantity) in zip(words, lines, strict=True)
    ]
