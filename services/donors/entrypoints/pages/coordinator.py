"""Donors for the coordinator: the list of gifts, the list of who gives."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, render_template, request

from services.donors.application.searches import GiftSearch, GiftStage
from services.donors.entrypoints.api.paging import MOMENT_AND_NUMBER, cursor_of
from services.donors.entrypoints.dashboard import gift_view
from services.donors.entrypoints.pages.coordinator_forms import add_forms
from services.donors.entrypoints.pages.one_gift import add_gift_page
from services.donors.entrypoints.words.giving import STAGES
from services.donors.entrypoints.words.terms import (
    KINDS,
    group_word,
    names_of_donors,
)
from services.donors.entrypoints.words.told import month_word
from services.donors.wiring import Donors
from shared.web.auth import allow
from shared.web.languages import LANGUAGE_NAMES, current_language
from shared.web.paging import decode_cursor

PAGE_ROWS = 50
SEARCH_CHARS_MAX = 60


def coordinator_pages(app: Donors) -> Blueprint:
    """Make both lists, a gift's page, and the forms that begin something.

    The auditor may read them.
    """
    made = Blueprint("coordinator", __name__, template_folder="../../templates")
    made.add_app_template_filter(_group_words, "groups")
    _add_gift_pages(made, app)
    _add_lists(made, app)
    add_forms(made, app)
    add_gift_page(made, app)
    return made


def _add_gift_pages(made: Blueprint, app: Donors) -> None:
    queries = app.queries

    @made.get("/gifts")
    @allow("coordinator")
    def gifts() -> str:
        """List the gifts of all donors with how far each has come."""
        after = decode_cursor(request.args.get("cursor"), *MOMENT_AND_NUMBER)
        search = search_of(request.args)
        page = queries.gifts(PAGE_ROWS, after, search)
        catalogue, language = queries.catalogue(), current_language()
        return render_template(
            "donors/gifts.html",
            gifts=[gift_view(each, catalogue, language) for each in page.accounts],
            names=names_of_donors(queries),
            month=_waiting_month(app),
            search=search,
            stages=[(each.value, word) for each, word in STAGES.items()],
            next_cursor=cursor_of(page.next_key),
            counted_at=app.clock.now(),
        )


def _waiting_month(app: Donors) -> str | None:
    """Name the month donors hear nothing of before the coordinator has frozen it."""
    calendar = app.snapshots.calendar()
    return month_word(calendar.due) if calendar.due and calendar.waits else None


def _add_lists(made: Blueprint, app: Donors) -> None:
    queries = app.queries

    @made.get("/people")
    @allow("coordinator")
    def people() -> str:
        """List the donors, all or those looked for, each with the contact if any."""
        after = decode_cursor(request.args.get("cursor"), str)
        text = _text_of(request.args)
        rows, following = queries.donors(PAGE_ROWS, after, text)
        return render_template(
            "donors/people.html",
            donors=rows,
            text=text,
            kinds={kind.value: word for kind, word in KINDS.items()},
            languages={code: name for code, _, name in LANGUAGE_NAMES},
            years=app.papers.years(),
            next_cursor=cursor_of(following),
        )


def search_of(given: Mapping[str, str]) -> GiftSearch:
    """Read what gifts are looked for; a stage that does not exist narrows nothing."""
    stage = given.get("stage", "")
    return GiftSearch(
        donor_code=given.get("donor") or None,
        stage=GiftStage(stage) if stage in set(GiftStage) else None,
        text=_text_of(given) or None,
    )


def _text_of(given: Mapping[str, str]) -> str:
    return given.get("text", "").strip()[:SEARCH_CHARS_MAX]


def _group_words(earmark: Sequence[str]) -> list[str]:
    return [group_word(group) for group in earmark]
