"""Weeks 1 to 4: the shelves are counted, and the first month is shared."""

from deploy.demo.catalogue import gtin, register_products
from deploy.demo.days import day, moment
from deploy.demo.donors import register_donors
from deploy.demo.gifts import (
    UNREADABLE,
    boxes,
    bring,
    name_donor,
    put_back,
    take_in,
    take_in_late,
    turn_away,
)
from deploy.demo.papers import book_to_contract, sign_contract, thank_everybody
from deploy.demo.places import (
    BOYS,
    CENTRE,
    HALFWAY,
    RELEASE,
    SHELTER,
    UNITS,
    WOMEN,
    count_heads,
    register_places,
)
from deploy.demo.sharing import approve, ask, hand_over, send, share
from deploy.demo.stage import Stage
from deploy.demo.warehouse import count_stock, discard, every, resolve, scan

FORGETFUL = ("B-3", "C-DAY")
"""They ask for September only when the others are served."""

UNKNOWN_CODES = ("9520000000028", "9520000000035")
CONTROLLED = "9520000000042"
SMALL_UNITS = ("W-GIRL", "W-NEW", "W-REL", "W-MED", "W-ANT", "W-MCU")


def open_the_books(stage: Stage) -> None:
    """Register what there is: products, donors, places and their people."""
    register_products(stage)
    register_donors(stage)
    register_places(stage)
    stage.deliver()
    count_heads(stage, "2026-09-01")


def count_the_shelves(stage: Stage) -> None:
    """Enter what stood there since June, and count it: the opening count."""
    stage.reach(moment(1, "Mon", "14:00"))
    take_in_late(stage, "R01", moment(1, "Mon").replace(month=6, day=10))
    take_in_late(stage, "R02", moment(1, "Mon").replace(month=6, day=12))
    rows = list(every(stage.person("volunteer"), "inventory", "/stock"))
    count_stock(stage, [(row, row["on_hand"]) for row in rows])


def bring_the_first_gifts(stage: Stage) -> None:
    """Two donations; a part of the toothpaste is too near its expiry."""
    stage.reach(moment(1, "Wed"))
    rotary = bring(stage, "R03", "EX-D3", HYG_TPASTE=120)
    turn_away(stage, rotary, [("HYG-TPASTE", 48, "shelf_life_too_short")])
    stage.reach(moment(1, "Fri"))
    bring(stage, "R04", "EX-D6")


def share_september(stage: Stage) -> None:
    """Twenty-one of twenty-three units ask; pads suffice for 61 %."""
    stage.reach(moment(2, "Tue"))
    bring(stage, "R05", "EX-D7")
    unknown = scan(
        stage,
        (
            {"action": "receive", "raw": raw, "quantity": 12, "location_code": "A-04"}
            for raw in UNKNOWN_CODES
        ),
        ends="attention",
    )
    stage.reach(moment(2, "Wed"))
    resolve(stage, unknown[0], product_code="HYG-COMB", quantity=12)
    discard(stage, unknown[1], "taken_along")
    prompt = [unit for unit in UNITS if unit.unit_code not in FORGETFUL]
    approve(stage, ask(stage, prompt, day(3, "Thu")))
    stage.reach(moment(2, "Thu"))
    share(stage, day(3, "Thu"))


def deliver_in_week_three(stage: Stage) -> None:
    """Three deliveries; six packs of pads are missing from one of them."""
    stage.reach(moment(3, "Tue"))
    bring(stage, "R06", "EX-D5", HYG_SHAM=24)
    wards = send(stage, WOMEN, day(3, "Wed"), ("W-A", "W-B", "W-C", "W-D"))
    stage.reach(moment(3, "Wed"))
    hand_over(stage, wards, {("W-C", "MEN-PAD"): {"short": 6}})
    boys = send(stage, BOYS, day(3, "Thu"))
    stage.reach(moment(3, "Thu"))
    hand_over(stage, boys)
    bring(stage, "R07", "EX-D2", MEN_UNDER=50)
    centre = send(stage, CENTRE, day(3, "Fri"))
    stage.reach(moment(3, "Fri"))
    hand_over(stage, centre)


def serve_the_forgetful(stage: Stage) -> None:
    """Let the two who forgot ask now, and share in what has come since."""
    stage.reach(moment(3, "Sat"))
    take_in(stage, boxes("R08"))
    name_donor(stage, day(3, "Sat"), "EX-D8")
    late = [unit for unit in UNITS if unit.unit_code in FORGETFUL]
    approve(stage, ask(stage, late, day(4, "Mon")))
    share(stage, day(4, "Mon"))


def deliver_in_week_four(stage: Stage) -> None:
    """Send the rest of September; some soap is broken on the way."""
    stage.reach(moment(4, "Mon"))
    women = send(stage, WOMEN, day(4, "Mon"))
    hand_over(
        stage,
        women,
        {("W-GIRL", "EDU-PEN"): {"refused": 6, "reason": "quantity_limited"}},
    )
    stage.reach(moment(4, "Wed", "15:00"))
    put_back(stage, "EDU-PEN")
    release = send(stage, RELEASE, day(4, "Wed"))
    hand_over(stage, release, {("R-M", "HYG-SOAP-B"): {"damaged": 5}})
    stage.reach(moment(4, "Thu", "15:00"))
    hand_over(stage, send(stage, HALFWAY, day(4, "Thu")))
    hand_over(stage, send(stage, SHELTER, day(4, "Thu")))


def bring_medicine(stage: Stage) -> None:
    """Eight lots of medicine: two too short-dated, one controlled, five held."""
    stage.reach(moment(4, "Fri"))
    pharmacy = bring(stage, "R09", "EX-D1", MED_ORS=20, MED_CHLOR=24)
    turn_away(
        stage,
        pharmacy,
        [
            ("MED-ORS", 20, "shelf_life_too_short"),
            ("MED-CHLOR", 24, "shelf_life_too_short"),
        ],
        expires_on=day(13, "Sat"),
    )
    controlled = {
        "action": "receive",
        "raw": CONTROLLED,
        "quantity": 10,
        "location_code": "A-05",
        "gift_number": pharmacy,
    }
    (waiting,) = scan(stage, [controlled], ends="attention")
    discard(stage, waiting, "taken_along")
    _take_in_unreadable(stage, pharmacy)


def _take_in_unreadable(stage: Stage, gift_number: str) -> None:
    """Scan the pack whose lot number is smeared; a person says what it is."""
    (box,) = (box for box in boxes("R09") if box.lot_number == UNREADABLE)
    smeared = {
        "action": "receive",
        "raw": gtin(box.product_code),
        "quantity": box.quantity,
        "location_code": "A-05",
        "gift_number": gift_number,
        "expires_on": box.expires_on,
    }
    (waiting,) = scan(stage, [smeared], ends="attention")
    resolve(stage, waiting, lot_number=UNREADABLE)


def refuse_formula(stage: Stage) -> None:
    """Turn formula from a drop box away; the rest of it is welcome."""
    stage.reach(moment(4, "Sat"))
    students = bring(stage, "R10", "EX-D7")
    tin = {"raw": gtin("INF-FORM"), "quantity": 6, "gift_number": students}
    tried = {"action": "receive", "location_code": "A-03", "expires_on": "2028-01-31"}
    scan(stage, [{**tin, **tried}], ends="refused")
    turn_away(stage, students, [("INF-FORM", 6, "product_refused")])
    stage.reach(moment(4, "Sun"))
    bring(stage, "R11", "EX-D5", HYG_RAZOR=50)


def thank_for_september(stage: Stage) -> None:
    """Two contracts paid for the first gifts; everybody is thanked on paper."""
    stage.reach(moment(4, "Sun", "16:00"))
    for name in ("summer", "grant"):
        sign_contract(stage, name)
        book_to_contract(stage, name)
    thank_everybody(stage)


CHAPTERS = (
    open_the_books,
    count_the_shelves,
    bring_the_first_gifts,
    share_september,
    deliver_in_week_three,
    serve_the_forgetful,
    deliver_in_week_four,
    bring_medicine,
    refuse_formula,
    thank_for_september,
)
