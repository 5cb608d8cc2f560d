"""A month is told once: as it was previewed, and never otherwise (INV-17)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from services.donors.application.freeze_month import FreezeMonth, freeze_month
from services.donors.domain.errors_of_months import (
    MonthAlreadyFrozenError,
    MonthChangedError,
    MonthOutOfOrderError,
    MonthTooYoungError,
    NothingToFreezeError,
    ThresholdTooLowError,
)
from services.donors.domain.masking.freezing import LineKind
from services.donors.domain.masking.grouping import Because
from shared.contracts.distribution_v1 import HandoverLine, UnitRegistered
from tests.integration.donors.programme import SOAP, a_handover, a_lot, named

AT_ONCE = 8
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
IN_OCTOBER = datetime(2026, 10, 14, 6, tzinfo=UTC)
IN_NOVEMBER = datetime(2026, 11, 10, 6, tzinfo=UTC)
PEOPLE = {"W-A": 120, "W-B": 60, "W-ANT": None, "H-1": 20, "S-1": None, "C-1": 30}


def a_unit(code, people, *, version=1):
    audience = "detention" if code.startswith("W") else "community"
    return UnitRegistered(
        unit_code=code,
        version=version,
        facility_code=f"F-{code}",
        kind="ward",
        audience=audience,
        groups=("women",),
        people_in_tens=people,
    )


def given_to(unit_code, lot, accepted, product=SOAP):
    return HandoverLine(unit_code, product, named(lot), accepted, 0, None, 0, 0)


@pytest.fixture
def gift(programme):
    """A gift of 400 bars, received in October."""
    programme.has_products()
    programme.hears(*(a_unit(code, people) for code, people in PEOPLE.items()))
    programme.registers("ORCHARD")
    number = programme.gift_of("ORCHARD", quantity=400)
    programme.hears(a_lot("lot", 1, number, received=400), at=IN_OCTOBER)
    return number


class Desk:
    """Freezes as a coordinator does: looks, then presses."""

    def __init__(self, donors):
        self.donors = donors

    def looks(self, threshold=None):
        return self.donors.snapshots.preview(threshold)

    def freezes(self, shown=None, month=None):
        shown = shown or self.looks()
        wish = FreezeMonth(month or shown.month, shown.threshold, shown.fingerprint)
        with self.donors.working() as work:
            return freeze_month(work, wish, "coordinator")

    def told(self, month, donor="ORCHARD"):
        return self.donors.snapshots.frozen(month).lines[donor]


@pytest.fixture
def desk(donors, gift):  # noqa: ARG001  there is something to freeze
    return Desk(donors)


def delivered(lines):
    return {
        (told.line.product_code, told.line.audience): told.line
        for told in lines
        if told.kind is LineKind.DELIVERED
    }


def test_a_frozen_month_tells_kinds_of_places_and_tens(programme, desk):
    lines = given_to("W-A", "lot", 118), given_to("H-1", "lot", 42)
    programme.hears(a_handover("gate", *lines, at=IN_OCTOBER))
    programme.clock.set(datetime(2026, 12, 1, tzinfo=UTC))

    desk.freezes()

    told = delivered(desk.told(OCTOBER))
    assert told[SOAP, "detention"].quantity == 120
    assert told[SOAP, "detention"].people == 120
    assert told[SOAP, "community"].quantity == 40
    (own,) = (each for each in desk.told(OCTOBER) if each.kind is LineKind.OWN)
    assert (own.line.category, own.received, own.lost) == ("hygiene", 400, None)


def test_goods_under_a_narrow_earmark_lose_their_place(programme, desk):
    number = programme.gift_of("ORCHARD", earmark=["medical"])
    programme.hears(a_lot("mark", 1, number, received=80), at=IN_OCTOBER)
    programme.hears(
        a_handover("gate", given_to("W-A", "mark", 80), at=IN_OCTOBER),
    )
    programme.clock.set(datetime(2026, 12, 1, tzinfo=UTC))

    desk.freezes()

    (line,) = delivered(desk.told(OCTOBER)).values()
    assert (line.product_code, line.audience) == (None, None)
    assert (line.quantity, line.because) == (80, (Because.SENSITIVE,))


def test_what_changes_after_freezing_stands_in_the_next_month(programme, desk):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    programme.clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    desk.freezes()
    before = desk.told(OCTOBER)

    programme.hears(
        a_handover("late", given_to("W-B", "lot", 31), at=IN_OCTOBER),
        a_handover(
            "mended", given_to("W-A", "lot", 98), corrects="gate", at=IN_OCTOBER
        ),
        a_handover("next", given_to("H-1", "lot", 55), at=IN_NOVEMBER),
    )
    programme.clock.set(datetime(2026, 12, 30, tzinfo=UTC))
    desk.freezes()

    assert desk.told(OCTOBER) == before
    (correction,) = (
        each for each in desk.told(NOVEMBER) if each.kind is LineKind.CORRECTION
    )
    assert (correction.first, correction.last) == (OCTOBER, date(2026, 10, 31))
    assert correction.line.quantity == 10
    assert (correction.line.product_code, correction.line.audience) == (None, None)
    assert delivered(desk.told(NOVEMBER))[SOAP, "community"].quantity == 60


def test_a_correction_is_told_once(programme, desk):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    programme.clock.set(datetime(2027, 2, 1, tzinfo=UTC))
    desk.freezes()
    programme.hears(a_handover("late", given_to("W-B", "lot", 31), at=IN_OCTOBER))

    desk.freezes()
    desk.freezes()

    december = date(2026, 12, 1)
    assert [each.kind for each in desk.told(NOVEMBER)] == [LineKind.CORRECTION]
    assert desk.told(december) == []


def test_a_month_is_not_frozen_before_thirty_days(programme, desk):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    thirtieth = datetime(2026, 11, 30, 1, tzinfo=UTC)

    programme.clock.set(thirtieth - timedelta(days=1))
    with pytest.raises(MonthTooYoungError):
        desk.freezes()
    programme.clock.set(thirtieth)
    desk.freezes()


def test_months_are_frozen_in_order_and_once(programme, desk):
    with pytest.raises(NothingToFreezeError):
        desk.looks()
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    programme.clock.set(datetime(2027, 2, 1, tzinfo=UTC))

    shown = desk.looks()
    with pytest.raises(MonthOutOfOrderError):
        desk.freezes(shown, NOVEMBER)
    desk.freezes(shown)
    with pytest.raises(MonthAlreadyFrozenError):
        desk.freezes(shown)


def test_of_many_who_freeze_at_once_one_does(programme, desk):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    programme.clock.set(datetime(2027, 2, 1, tzinfo=UTC))
    shown = desk.looks()

    def freezes(_):
        try:
            return desk.freezes(shown)["month"]
        except MonthAlreadyFrozenError:
            return None

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(freezes, range(AT_ONCE)))

    assert Counter(answers) == {"2026-10": 1, None: AT_ONCE - 1}
    assert len(desk.told(OCTOBER)) == 2


class Overtaken:
    """A reader who is slow: somebody else acts after its first look at the months."""

    def __init__(self, work, act):
        self.now, self._months, self._act = work.now, work.months, act

    @property
    def months(self):
        return self

    def newest(self):
        found = self._months.newest()
        self._act()
        self._act = lambda: None
        return found

    def __getattr__(self, name):
        return getattr(self._months, name)


@pytest.mark.parametrize(
    "database_kind",
    [pytest.param("postgres", marks=pytest.mark.postgres)],  # SQLite lets one in
    indirect=True,
)
def test_who_is_overtaken_reads_that_it_is_done(programme, desk, donors):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    programme.clock.set(datetime(2027, 2, 1, tzinfo=UTC))
    shown = desk.looks()
    wish = FreezeMonth(shown.month, shown.threshold, shown.fingerprint)

    with donors.working() as work, pytest.raises(MonthAlreadyFrozenError):
        freeze_month(Overtaken(work, lambda: desk.freezes(shown)), wish, "slow")

    assert len(desk.told(OCTOBER)) == 2


def test_what_was_not_shown_is_not_frozen(programme, desk):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    programme.clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    shown = desk.looks()

    programme.hears(a_unit("W-A", None, version=2))

    with pytest.raises(MonthChangedError):
        desk.freezes(shown)


def test_no_threshold_goes_below_five(programme, desk):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))

    with pytest.raises(ThresholdTooLowError):
        desk.looks(4)
    assert desk.looks(5).threshold == 5


@pytest.mark.parametrize(
    "table", ["frozen_months", "snapshot_lines", "frozen_deliveries"]
)
@pytest.mark.parametrize("verb", ["UPDATE {0} SET frozen_by = 'x'", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_a_frozen_month(
    programme, desk, donors, table, verb
):
    programme.hears(a_handover("gate", given_to("W-A", "lot", 118), at=IN_OCTOBER))
    programme.clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    desk.freezes()
    column = "frozen_by" if table == "frozen_months" else "donor_code"
    statement = verb.format(table).replace("frozen_by", column)

    with (
        pytest.raises(DatabaseError, match="never changed"),
        donors.database.writing() as connection,
    ):
        connection.execute(text(statement))
