"""Weeks 5 to 9: medicine is released, recalled and lost; October is shared."""

from deploy.demo.days import day, moment
from deploy.demo.gifts import (
    COLD,
    UNREADABLE,
    boxes,
    bring,
    name_donor,
    put_back,
    take_in,
    turn_away,
)
from deploy.demo.papers import end_pledge, make_pledge, thank_everybody
from deploy.demo.places import (
    BOYS,
    CENTRE,
    HALFWAY,
    RELEASE,
    SHELTER,
    UNITS,
    WOMEN,
    count_heads,
)
from deploy.demo.sharing import (
    approve,
    ask,
    close_the_month,
    confirm,
    hand_over,
    override,
    propose,
    send,
    share,
)
from deploy.demo.stage import RefusedStepError, Stage
from deploy.demo.warehouse import (
    carry,
    count_stock,
    decide,
    every,
    lots,
    recall,
    release_waiting,
    scan,
    write_off,
)
from deploy.demo.weeks_1_to_4 import SMALL_UNITS

RECALLED = "A0915A92"
"""The lot of paracetamol that the maker calls back."""

DIFFERENCES = {2: -3, 5: -2}
"""Which rows of the cycle count differ, and by how much."""

MISCOUNTED = 5
"""The difference that a second count does not find again."""


def release_medicine(stage: Stage) -> None:
    """Four lots are released; the one that nobody can read stays."""
    stage.reach(moment(5, "Tue"))
    nordic = bring(stage, "R12", "EX-D6", ("women",), MEN_PAD=72)
    turn_away(stage, nordic, [("MEN-PAD", 36, "DAMAGED")])
    centre = send(stage, CENTRE, day(5, "Tue"))
    hand_over(stage, centre)
    stage.reach(moment(5, "Wed"))
    release_waiting(stage, but=(UNREADABLE,))
    stage.reach(moment(5, "Thu"))
    bring(stage, "R13", "EX-D3")
    make_pledge(
        stage, "EX-D4", {"INF-NAP-4": 110, "INF-NAP-5": 50}, due_on=day(9, "Wed")
    )


def share_medicine(stage: Stage) -> None:
    """Give the wards of the sick more than any norm does, with a reason."""
    stage.reach(moment(5, "Sat"))
    take_in(stage, boxes("R14"))
    name_donor(stage, day(5, "Sat"), "EX-D8")
    run_id = propose(stage, day(6, "Tue"), ("MED-PARA", "MED-ORS", "MED-SUPP"))
    override(
        stage,
        run_id,
        {
            ("W-MED", "MED-PARA"): 24,
            ("B-MED", "MED-PARA"): 12,
            ("H-1", "MED-PARA"): 6,
        },
        "urgent_health",
    )
    confirm(stage, run_id)


def deliver_medicine(stage: Stage) -> None:
    """Three deliveries carry the paracetamol that is recalled later."""
    stage.reach(moment(6, "Tue"))
    bring(stage, "R15", "EX-D2")
    women = send(stage, WOMEN, day(6, "Tue"))
    hand_over(stage, women)
    boys = send(stage, BOYS, day(6, "Tue"))
    halfway = send(stage, HALFWAY, day(6, "Tue"))
    stage.reach(moment(6, "Wed"))
    hand_over(stage, boys)
    hand_over(stage, halfway)


def share_october(stage: Stage) -> None:
    """Heads are counted anew, everybody asks, and October is shared."""
    count_heads(stage, "2026-10-01")
    stage.reach(moment(6, "Thu"))
    close_the_month(stage)
    approve(stage, ask(stage, UNITS, day(7, "Wed")))
    stage.reach(moment(6, "Fri"))
    bring(stage, "R16", "EX-D5")
    make_pledge(stage, "EX-D6", {"MEN-PAD": 720, "MEN-PAD-N": 360}, day(9, "Fri"))
    make_pledge(stage, "EX-D7", {"EDU-NOTE": 200}, due_on=day(11, "Wed"))
    share(stage, day(7, "Wed"))


def lose_the_cold(stage: Stage) -> None:
    """Hold and lose the suppositories: the refrigerator failed in the night."""
    stage.reach(moment(7, "Tue"))
    bring(stage, "R17", "EX-D1", MED_CHLOR=16)
    stage.reach(moment(7, "Wed", "08:30"))
    for row in lots(stage, COLD):
        decide(stage, row["lot_id"], "quarantine", "cold chain: 19 °C this morning")
        write_off(stage, carry(stage, row, "H-01"), "COLD_CHAIN", "LR-2026-01")


def recall_a_lot(stage: Stage) -> None:
    """Three deliveries are traced; two of the three units still have some."""
    stage.reach(moment(7, "Wed", "12:00"))
    went_to = recall(stage, "MED-PARA", RECALLED, "The maker calls this lot back.")
    if sorted(went_to) != ["B-MED", "H-1", "W-MED"]:
        raise RefusedStepError(f"The recall found {went_to}.")
    stage.reach(moment(7, "Thu"))
    returned = {"W-MED": 15, "H-1": 4}
    scan(
        stage,
        (
            {
                "action": "return",
                "product_code": "MED-PARA",
                "lot_number": RECALLED,
                "unit_code": unit_code,
                "quantity": quantity,
            }
            for unit_code, quantity in returned.items()
        ),
    )
    bring(stage, "R18", "EX-D7")


def deliver_in_week_seven(stage: Stage) -> None:
    """Half of October goes out; a gate sends opened packs back."""
    stage.reach(moment(7, "Fri"))
    bring(stage, "R19", "EX-D6")
    first = send(stage, WOMEN, day(7, "Fri"), ("W-A", "W-B", "W-C", "W-D"))
    hand_over(
        stage,
        first,
        {("W-B", "MEN-PAD"): {"refused": 4, "reason": "packaging_opened"}},
    )
    hand_over(stage, send(stage, BOYS, day(7, "Fri")))
    stage.reach(moment(7, "Sat"))
    second = send(stage, WOMEN, day(7, "Sat"), ("W-E", "W-F", "W-G"))
    hand_over(stage, second)
    hand_over(stage, send(stage, CENTRE, day(7, "Sat")))


def deliver_in_week_eight(stage: Stage) -> None:
    """Send the other half of October."""
    stage.reach(moment(8, "Mon"))
    small = send(stage, WOMEN, day(8, "Mon"), SMALL_UNITS)
    hand_over(stage, small)
    hand_over(stage, send(stage, RELEASE, day(8, "Mon")))
    stage.reach(moment(8, "Tue"))
    bring(stage, "R20", "EX-D5")
    release_waiting(stage, but=(UNREADABLE,))
    hand_over(stage, send(stage, HALFWAY, day(8, "Tue")))
    hand_over(stage, send(stage, SHELTER, day(8, "Tue")))


def count_in_cycle(stage: Stage) -> None:
    """Two differences, one of them gone at a second count; four packs expired."""
    stage.reach(moment(8, "Wed", "17:00"))
    rows = [
        row
        for row in every(
            stage.person("volunteer"), "inventory", "/stock", location_code="A-01"
        )
        if not row["reserved"]
    ][:10]
    found = [
        (row, row["on_hand"] + DIFFERENCES.get(number, 0))
        for number, row in enumerate(rows)
    ]
    count_stock(stage, found)
    stage.reach(moment(8, "Wed", "18:00"))
    count_stock(stage, [(rows[MISCOUNTED], rows[MISCOUNTED]["on_hand"])])
    stage.reach(moment(8, "Thu"))
    for row in lots(stage, "INF-WIPES", lot_status="expired"):
        write_off(stage, row, "EXPIRED")
    for row in lots(stage, "MED-PARA", lot_status="recalled"):
        write_off(stage, row, "RECALLED_DESTROYED", "LR-2026-02")
    take_in(stage, boxes("R21"))
    stage.reach(moment(8, "Fri"))
    bring(stage, "R22", "EX-D3", HYG_SHAM=24)


def share_nappies(stage: Stage) -> None:
    """Share a gift tied to children among the units of children at once."""
    stage.reach(moment(9, "Tue"))
    mothers = bring(stage, "R23", "EX-D4", ("children",), INF_NAP_5=12)
    turn_away(stage, mothers, [("INF-NAP-5", 6, "OPENED")])
    end_pledge(stage, "EX-D4", mothers)
    nappies = [f"INF-NAP-{size}" for size in (2, 3, 4, 5)]
    run_id = propose(stage, day(9, "Thu"), nappies)
    confirm(stage, run_id)
    stage.reach(moment(9, "Wed"))
    women = send(stage, WOMEN, day(9, "Wed"))
    hand_over(
        stage,
        women,
        {("W-MCU", "INF-NAP-4"): {"refused": 3, "reason": "packaging_opened"}},
    )
    hand_over(stage, send(stage, CENTRE, day(9, "Wed")))
    stage.reach(moment(9, "Thu"))
    hand_over(stage, send(stage, HALFWAY, day(9, "Thu")))
    bring(stage, "R24", "EX-D2")
    put_back(stage, "MEN-PAD")


def thank_for_october(stage: Stage) -> None:
    """Thank everybody on paper for what came since September."""
    stage.reach(moment(9, "Fri"))
    make_pledge(stage, "EX-D2", {"CLO-SLIP": 60, "HYG-TOWEL": 40}, day(12, "Sat"))
    thank_everybody(stage)


CHAPTERS = (
    release_medicine,
    share_medicine,
    deliver_medicine,
    share_october,
    lose_the_cold,
    recall_a_lot,
    deliver_in_week_seven,
    deliver_in_week_eight,
    count_in_cycle,
    share_nappies,
    thank_for_october,
)
