"""Donors for people: a donor's own pages, stock levels, and the public needs."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.donors.domain.visit import Visit, differences
from services.donors.entrypoints.answers import level_answers
from services.donors.entrypoints.api.mine import own_donor_code
from services.donors.entrypoints.dashboard import DashboardView, dashboard_of
from services.donors.entrypoints.live import Dashboards
from services.donors.entrypoints.pages.embed import add_embed_pages, worded_needs
from services.donors.entrypoints.pages.first_page import FirstPage, first_page, news
from services.donors.entrypoints.pages.parts import (
    ChangedParts,
    Rendered,
    Shelf,
    rendered,
)
from services.donors.entrypoints.pages.webhooks import add_webhook_pages
from services.donors.entrypoints.words.terms import BANDS, category_word
from services.donors.wiring import Donors
from shared.web.auth import EVERYONE, allow, current_principal
from shared.web.languages import current_language, speaking

VIEWS_MAX = 20
"""Views are large, and drawn at once; only the first page asks for its own again."""


def pages(app: Donors, dashboards: Dashboards) -> Blueprint:
    """Make the pages of donors and of everybody."""
    made = Blueprint("pages", __name__, template_folder="../../templates")
    own = _OwnPages(app)
    _add_dashboard(made, own, dashboards)
    _add_gift_page(made, own, dashboards)
    _add_level_pages(made, app)
    add_embed_pages(made, app)
    add_webhook_pages(made, app)
    return made


class _OwnPages:
    """Gives the parts of the signed-in donor's pages, rendered once a change."""

    def __init__(self, app: Donors) -> None:
        self._queries = app.queries
        self._visits = app.visits
        self._clock = app.clock
        self._views: Shelf[DashboardView] = Shelf(VIEWS_MAX)
        self._shelf: Shelf[Rendered] = Shelf()
        self._earlier: Shelf[str] = Shelf()
        self._first_pages: Shelf[FirstPage] = Shelf()

    def parts(self, donor_code: str, gift_number: str | None = None) -> Rendered:
        """Give the parts of a page as the numbers are now."""
        version = self._queries.version_of(donor_code)
        return self.parts_of(version, donor_code, gift_number)

    def parts_of(
        self, version: str, donor_code: str, gift_number: str | None = None
    ) -> Rendered:
        """Give the parts of a version: as it is named, or newer."""
        language = current_language()

        def draw() -> Rendered:
            view = self._view(version, donor_code, gift_number)
            with speaking(language):
                return rendered(view, self._earlier)

        return self._shelf.of((donor_code, gift_number or "", version, language), draw)

    def first_page(self, donor_code: str) -> FirstPage:
        version = self._queries.version_of(donor_code)
        return self._first_pages.of(
            (donor_code, version, current_language()),
            lambda: first_page(
                self._view(version, donor_code), self._queries.course(donor_code)
            ),
        )

    def visit(self, donor_code: str, page: FirstPage) -> Visit:
        account, now = current_principal().account_id, self._clock.now()
        return self._visits.note(account, donor_code, now, page.shown)

    def _view(
        self, version: str, donor_code: str, gift_number: str | None = None
    ) -> DashboardView:
        language = current_language()

        def read() -> DashboardView:
            book = self._queries.book(donor_code, gift_number)
            with speaking(language):
                return dashboard_of(book, language)

        return self._views.of((donor_code, gift_number or "", version, language), read)


def _add_dashboard(made: Blueprint, own: _OwnPages, dashboards: Dashboards) -> None:
    @made.get("/")
    @allow("donor", "coordinator")
    def home() -> str | AnyResponse:
        """Show a donor the own dashboard, and others the gifts of all."""
        if not current_principal().has_role("donor"):
            return redirect(url_for("coordinator.gifts"))
        code = own_donor_code()
        page = own.first_page(code)
        visit = own.visit(code, page)
        return render_template(
            "donors/dashboard.html",
            parts=own.parts(code),
            stream=url_for("pages.live"),
            points=page.points,
            pictures=page.pictures,
            before_at=visit.before_at,
            news=news(differences(visit), page.titles, current_language()),
        )

    @made.get("/live")
    @allow("donor")
    def live() -> Response:
        """Keep the dashboard true while it is open."""
        code = own_donor_code()
        return dashboards.stream(
            code,
            ChangedParts(lambda: own.parts_of(dashboards.version_of(code), code)),
        )


def _add_gift_page(made: Blueprint, own: _OwnPages, dashboards: Dashboards) -> None:
    @made.get("/my/<gift_number>")
    @allow("donor")
    def my_gift(gift_number: str) -> str:
        """Show one of the donor's own gifts; another's is not there."""
        parts = own.parts(own_donor_code(), gift_number)
        return render_template(
            "donors/my_gift.html",
            parts=parts,
            gift_number=gift_number,
            stream=url_for("pages.my_gift_live", gift_number=gift_number),
        )

    @made.get("/my/<gift_number>/live")
    @allow("donor")
    def my_gift_live(gift_number: str) -> Response:
        """Keep one gift's page true while it is open."""
        code = own_donor_code()
        own.parts(code, gift_number)

        def current() -> Rendered:
            return own.parts_of(dashboards.version_of(code), code, gift_number)

        return dashboards.stream(code, ChangedParts(current))


def _add_level_pages(made: Blueprint, app: Donors) -> None:
    @made.get("/levels")
    @allow("donor", "coordinator")
    def levels() -> str:
        """Show how long the programme's stock lasts, in bands."""
        found = app.queries.levels()
        measured = [each for each in found.levels if each.days_of_cover is not None]
        items = level_answers(measured, found.catalogue, current_language())
        return render_template(
            "donors/levels.html",
            categories=_by_category(items),
            unmeasured=len(found.levels) - len(measured),
            bands={band.value: word for band, word in BANDS.items()},
            counted_at=found.counted_at,
        )

    @made.get("/needs")
    @allow(EVERYONE)
    def needs() -> str:
        """Show everybody what is needed next."""
        found = app.queries.levels()
        return render_template(
            "donors/needs.html",
            items=worded_needs(found, current_language()),
            as_of=found.as_of,
            bands={band.value: word for band, word in BANDS.items()},
            counted_at=found.counted_at,
        )


def _by_category(items: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Group levels under the word of their category; what is unknown comes last."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        groups.setdefault(item["category"], []).append(item)
    return [(category_word(category), groups[category]) for category in sorted(groups)]
