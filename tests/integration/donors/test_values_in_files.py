"""Estimated values in the files donors and state bodies take away."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from services.donors.application.freeze_month import FreezeMonth, freeze_month
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.set_values import set_values
from services.donors.domain.promise import Line
from services.donors.domain.value import Basis, Rate, UnitValue
from shared.contracts.distribution_v1 import UnitRegistered
from tests.integration.donors.programme import (
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    a_product,
)
from tests.support.statements import asking

COMBS = "HYG-COMB"
IN_OCTOBER = datetime(2026, 10, 14, 6, tzinfo=UTC)
CAME_ON = date(2026, 10, 2)
RATE = Rate(Decimal(500), "National Bank", CAME_ON)
DOLLARS = UnitValue(Decimal("1.20"), "USD", Basis.COST, RATE)
TENGE = UnitValue(Decimal(300), "KZT", Basis.MARKET_PRICE)


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


def a_ward(letter):
    return UnitRegistered(
        unit_code=f"W-{letter}",
        version=1,
        facility_code=f"F-{letter}",
        kind="ward",
        audience="detention",
        groups=("women",),
        people_in_tens=90,
    )


def is_handed_out(lot, quantity):
    return replace(a_handover_line(lot, quantity), unit_code="W-A")


@pytest.fixture
def frozen(donors, programme):
    """Two donors' soap went to one large ward in October; the combs have no value."""
    programme.hears(a_product(SOAP), a_product(COMBS))
    programme.hears(*(a_ward(letter) for letter in "ABC"))
    programme.registers("ORCHARD", "NORDIC")
    for donor, value in (("ORCHARD", DOLLARS), ("NORDIC", TENGE)):
        number = programme.gift_of(donor)
        came = {"received": 100, "accepted": 60, "received_on": CAME_ON}
        programme.hears(a_lot(donor, 1, number, **came), at=IN_OCTOBER)
        programme.perform(
            f"value {donor}",
            lambda work, g=number, v=value: set_values(work, g, {SOAP: v}),
        )
    combs = programme.gift_of("ORCHARD", product=COMBS)
    came |= {"product_code": COMBS}
    programme.hears(a_lot("combs", 1, combs, **came), at=IN_OCTOBER)
    lines = [is_handed_out(lot, 60) for lot in ("ORCHARD", "NORDIC")]
    lines.append(replace(is_handed_out("combs", 60), product_code=COMBS))
    programme.hears(a_handover("gate", *lines, at=IN_OCTOBER))
    programme.clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    shown = donors.snapshots.preview()
    with donors.working() as work:
        wish = FreezeMonth(shown.month, shown.threshold, shown.fingerprint)
        freeze_month(work, wish, "coordinator")


def rows_of(answer):
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


def values_of(rows):
    return {
        (row["Item code"], row["Handed out"], row["Estimated value"], row["Currency"])
        for row in rows[1:]
        if row["Item code"]
    }


@pytest.mark.usefixtures("frozen")
def test_what_was_handed_out_is_valued_as_its_donor_valued_it(caller):
    own = rows_of(caller("donor").fetch("/api/v1/me/distribution.csv"))
    others = rows_of(caller("neighbour").fetch("/api/v1/me/distribution.csv"))

    assert values_of(own) == {(SOAP, "60", "72.00", "USD"), (COMBS, "60", "", "")}
    assert values_of(others) == {(SOAP, "60", "18000.00", "KZT")}


@pytest.mark.usefixtures("frozen")
def test_a_state_body_reads_the_sum_in_tenge(caller):
    rows = rows_of(caller("coordinator").fetch("/api/v1/distribution.csv"))

    assert values_of(rows) == {(SOAP, "120", "54000.00", "KZT"), (COMBS, "60", "", "")}


@pytest.mark.usefixtures("frozen")
def test_the_sum_of_all_donors_is_read_at_once(caller, donors):
    coordinator = caller("coordinator")
    with asking(donors.database) as asked:
        coordinator.fetch("/api/v1/distribution.csv").get_data()

    assert asked.times("FROM snapshot_lines") == 1
    assert asked.times("FROM lot_totals") == 1
    assert asked.times("FROM pledges") == 0


@pytest.mark.usefixtures("frozen")
def test_a_spreadsheet_can_add_the_values_up(caller):
    answer = caller("donor").fetch("/api/v1/me/distribution.xlsx")
    sheet = load_workbook(BytesIO(answer.get_data())).active

    column = [cell.value for cell in sheet["T"]]
    assert column[0] == "Estimated value"
    assert 72 in column


@pytest.mark.usefixtures("frozen")
def test_fts_reads_amounts_and_what_is_still_pledged(caller, programme):
    for name, due_on in (("kept", None), ("open", date(2027, 1, 15))):
        wish = MakePledge("ORCHARD", due_on, [Line(SOAP, 40)])
        programme.perform(name, lambda work, w=wish: make_pledge(work, w))
    programme.perform(
        "theirs", lambda work: make_pledge(work, replace(wish, donor_code="NORDIC"))
    )

    rows = rows_of(caller("donor").fetch("/api/v1/me/in-kind.csv"))

    told = [
        (row["Contribution status"], row["Amount"], row["Currency"], row["Description"])
        for row in rows
    ]
    assert told == [
        ("paid", "120.00", "USD", f"100 bar {SOAP} in English"),
        ("paid", "", "", f"100 bar {COMBS} in English"),
        ("pledge", "", "", f"40 bar {SOAP} in English"),
        ("pledge", "", "", f"40 bar {SOAP} in English"),
    ]
    assert {row["Decision date"] for row in rows[2:]} == {"2026-12-01"}
