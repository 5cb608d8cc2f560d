"""The pages that look ahead: what runs out, what is left over, how wrong we were."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, request

from services.inventory.application.ahead.forecasting import (
    EXPIRY_DAYS,
    ProductAhead,
    expiring,
    unusable,
)
from services.inventory.domain.forecast import HORIZON_DAYS, MONTH_DAYS, Band, Basis
from services.inventory.entrypoints.blindness import hidden_from_reader
from services.inventory.entrypoints.pages.exports import (
    READERS,
    ahead_for_reader,
)
from services.inventory.entrypoints.words.terms import name_of
from services.inventory.wiring import Inventory
from shared.web.auth import allow
from shared.web.sheets import sheet
from shared.web.words import LazyText, _l, gettext

SOON = (Band.OUT, Band.DAYS, Band.WEEKS)
PERIODS_MAX = 12

BANDS: Mapping[Band, tuple[str, str, LazyText]] = {
    Band.OUT: ("stop", "ban", _l("Out of stock")),
    Band.DAYS: ("stop", "clock", _l("less than 2 weeks")),
    Band.WEEKS: ("warn", "clock", _l("less than 30 days")),
    Band.MONTHS: ("info", "clock", _l("1 to 3 months")),
    Band.PLENTY: ("ok", "okc", _l("3 months or more")),
    Band.UNUSED: ("", "info", _l("no use known")),
}

BASES: Mapping[Basis, LazyText] = {
    Basis.NEED: _l("by what is due"),
    Basis.HISTORY: _l("by what left"),
    Basis.NOTHING: _l("nothing known"),
}

COLUMNS = (
    "product_code",
    "name",
    "unit_of_issue",
    "band",
    "runs_out_on",
    "days_of_cover",
    "usable",
    "held",
    "expired_or_recalled",
    "not_usable_in_time",
    "use_per_30_days",
    "due_per_30_days",
    "left_per_30_days",
    "basis",
)


class Tile(NamedTuple):
    """A number, what it counts, and exactly how: the definition stands beside it."""

    number: int
    title: str
    definition: str


class Definition(NamedTuple):
    """How a tile counts, for the program and in words."""

    count: Callable[[Sequence[ProductAhead]], int]
    title: LazyText
    words: LazyText


DEFINITIONS = (
    Definition(
        lambda products: sum(each.band is Band.OUT for each in products),
        _l("Out of stock now"),
        _l(
            "Products with an expected use of which nothing may be given out. When "
            "only expired, recalled or held goods are left, that is out of stock."
        ),
    ),
    Definition(
        lambda products: sum(each.band in {Band.DAYS, Band.WEEKS} for each in products),
        _l("Run out within 30 days"),
        _l(
            "Products whose usable stock ends within 30 days at the expected use. "
            "Promised goods count as usable: they are part of that use."
        ),
    ),
    Definition(
        lambda products: len(unusable(products)),
        _l("Lots that cannot be used in time"),
        _l(
            "Lots of which something is left on the last day they may be given "
            "out: the expiry date less the days a unit needs to use them."
        ),
    ),
    Definition(
        lambda products: len(expiring(products)),
        _l("Lots that expire within %(days)s days"),
        _l("By the printed date, used in time or not; expired ones too."),
    ),
    Definition(
        lambda products: sum(bool(each.held) for each in products),
        _l("Products held back"),
        _l(
            "Goods in quarantine, on a hold table or of a gift not announced yet. "
            "They count neither as usable nor as lost."
        ),
    ),
)


class ForecastPages:
    """``/inventory/ahead`` and ``/inventory/back-test``; reads only."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/ahead", "ahead", self.show)
        pages.add_url_rule(
            "/ahead.<any(csv, xlsx):form>", "ahead_table", self.take_away
        )
        pages.add_url_rule("/back-test", "back_test", self.back_test)

    @allow(*READERS)
    def show(self) -> str:
        """Show tiles with their definitions, and the tables behind them."""
        products = ahead_for_reader(self._service)
        return render_template(
            "inventory/ahead.html",
            tiles=tiles(products),
            urgent=[each for each in products if each.band in SOON],
            others=[each for each in products if each.band not in SOON],
            unusable=unusable(products),
            expiring=expiring(products),
            bands=BANDS,
            bases=BASES,
            expiry_days=EXPIRY_DAYS,
            horizon_days=HORIZON_DAYS,
            being_counted=len(hidden_from_reader(self._service).touched),
            counted_at=self._service.clock.now(),
        )

    @allow(*READERS)
    def take_away(self, form: str) -> Response:
        """Give the products of the page as a table."""
        name = f"ahead-{self._service.forecasting.today.isoformat()}"
        rows = map(_row, ahead_for_reader(self._service))
        return sheet(name, COLUMNS, rows, form)

    @allow(*READERS)
    def back_test(self) -> str:
        """Compare a past forecast with what really left."""
        back = _whole(request.args.get("back", ""))
        return render_template(
            "inventory/back_test.html",
            found=self._service.forecasting.back_test(back),
            back=back,
            periods_max=PERIODS_MAX,
            month_days=MONTH_DAYS,
            bases=BASES,
            counted_at=self._service.clock.now(),
        )


def tiles(products: Sequence[ProductAhead]) -> Sequence[Tile]:
    """Count what the tables list; every tile says how it counts."""
    return [
        Tile(
            each.count(products),
            gettext(each.title.msgid, days=EXPIRY_DAYS),
            str(each.words),
        )
        for each in DEFINITIONS
    ]


def _row(each: ProductAhead) -> Sequence[Any]:
    product = each.product
    return (
        product.product_code,
        name_of(product.names, product.product_code),
        product.unit_of_issue,
        each.band.value,
        each.stock_out_on,
        each.cover_days,
        each.usable,
        each.held,
        each.barred,
        each.left,
        each.use.per_month,
        each.use.need_per_month,
        each.use.history_per_month,
        each.use.basis.value,
    )


def _whole(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= len("12")
    return min(int(text), PERIODS_MAX - 1) if is_number else 0
