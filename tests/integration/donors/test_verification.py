"""``komek verify`` is clean on true rows and names those that are not."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.donors.adapters.tables import lot_totals
from tests.integration.donors.programme import a_lot, named


@pytest.fixture
def gift(programme):
    programme.has_products()
    programme.registers("ORCHARD")
    number = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 2, number, accepted=40, lost=5))
    return number


def violations(donors):
    return {c["name"]: c["violations"] for c in donors.verify() if c["violations"]}


@pytest.mark.usefixtures("gift")
def test_true_rows_are_well(donors):
    assert violations(donors) == {}
    assert all(check["rows"] == 1 for check in donors.verify())


@pytest.mark.usefixtures("gift")
def test_a_loss_without_its_reason_is_named(donors):
    with donors.database.writing() as connection:
        connection.execute(lot_totals.update().values(lost_by_reason={}))

    assert violations(donors) == {
        "every loss has its reason": [{"lot_id": str(named("lot")), "lost": 5}]
    }


@pytest.mark.usefixtures("gift")
def test_a_state_without_its_day_is_named(donors):
    with donors.database.writing() as connection:
        connection.execute(text("DELETE FROM lot_days"))

    assert list(violations(donors)) == ["the newest state is the newest of its days"]


@pytest.mark.usefixtures("gift")
@pytest.mark.parametrize(
    "change", [{"accepted": 41}, {"reserved": 56}, {"returned": -1, "in_stock": 56}]
)
def test_the_database_refuses_what_does_not_add_up(donors, change):
    """INV-10, said once more by the database."""
    with pytest.raises(IntegrityError), donors.database.writing() as connection:
        connection.execute(lot_totals.update().values(**change))


def test_the_ledgers_view_of_a_lot_can_be_compared(donors, gift):
    assert gift == "G-2026-001"
    version, buckets = donors.queries.lot_buckets()[named("lot")]

    assert version == 2
    assert buckets == {
        "received": 100,
        "in_stock": 55,
        "reserved": 0,
        "in_transit": 0,
        "accepted": 40,
        "lost": 5,
        "returned": 0,
    }
