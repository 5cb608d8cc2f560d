"""Weeks 10 to 13: a theft, November, and the desk as it is left on 21 November.

September is told to donors; October would be from the end of November on.
"""

from deploy.demo.catalogue import gtin
from deploy.demo.days import day, moment
from deploy.demo.gifts import announce, boxes, bring, take_in
from deploy.demo.papers import (
    book_to_contract,
    end_pledge,
    make_pledge,
    sign_contract,
    thank_everybody,
)
from deploy.demo.places import BOYS, RELEASE, UNITS, WOMEN, count_heads
from deploy.demo.sharing import (
    approve,
    ask,
    ask_for,
    close_the_month,
    hand_over,
    pick,
    pick_list_of,
    plan,
    propose,
    send,
    share,
)
from deploy.demo.stage import Stage
from deploy.demo.warehouse import (
    build_kits,
    lots,
    release_waiting,
    scan,
    write_off,
    write_recipe,
)
from deploy.demo.weeks_1_to_4 import SMALL_UNITS
from deploy.demo.wishes import wished

KAZAKH_DIGITS = str.maketrans("234567890", "әіңғ,.үұқ")
"""What a scanner types for digits when the keyboard is set to Kazakh."""

SCANNED_WRONGLY = (
    *("HYG-SOAP-B", "HYG-SOAP-L", "HYG-SHAM", "HYG-TPASTE", "HYG-TPAPER"),
    *("MEN-PAD", "MEN-PAD-N", "EDU-NOTE", "EDU-PEN"),
)
STOLEN = 12
DIGNITY_KIT = dict.fromkeys(
    ("HYG-COMB", "HYG-TOWEL", "HYG-CREAM", "MEN-UNDER", "CLO-SOCK"), 1
)
"""What of UNFPA's list (DOMAIN.md 3) lies on the shelves that Saturday."""
KITS_BUILT = 40
EARLY = ("H-1", "C-RES", "B-1", "S-1")
"""Who has asked for December already; nobody has approved it yet."""

UNKNOWN_CODES = ("9520000000059", "9520000000066")
SEPARATOR_LOST = "]d20102000300060009101234517280331"
"""Wipes whose lot number has swallowed the expiry date."""


def miss_shampoo(stage: Stage) -> None:
    """Twelve bottles are gone from a shelf that was counted two weeks ago."""
    stage.reach(moment(10, "Mon"))
    late = bring(stage, "R25", "EX-D6", MEN_PAD=36)
    end_pledge(stage, "EX-D6", late)
    stage.reach(moment(10, "Tue", "09:00"))
    row = next(row for row in lots(stage, "HYG-SHAM") if row["available"] >= STOLEN)
    write_off(stage, row, "STOLEN", "LR-2026-03", STOLEN)


def scan_in_kazakh(stage: Stage) -> None:
    """Nine scans are turned away until the keyboard is set right; none is lost."""
    stage.reach(moment(10, "Wed"))
    bring(stage, "R26", "EX-D1")
    scan(
        stage,
        (
            {
                "action": "receive",
                "raw": gtin(product_code).translate(KAZAKH_DIGITS),
                "quantity": 1,
                "location_code": "A-01",
            }
            for product_code in SCANNED_WRONGLY
        ),
        ends="refused",
    )
    stage.reach(moment(10, "Fri"))
    bring(stage, "R27", "EX-D7")
    end_pledge(stage, "EX-D7", None)
    release_waiting(stage, of="MED-PREN")


def share_november(stage: Stage) -> None:
    """November is asked for and shared, the vitamins of W-ANT with it."""
    count_heads(stage, "2026-11-01")
    stage.reach(moment(11, "Mon"))
    bring(stage, "R28", "EX-D3", HYG_TPAPER=144)
    stage.reach(moment(11, "Wed"))
    bring(stage, "R29", "EX-D5")
    close_the_month(stage)
    approve(stage, ask(stage, UNITS, day(12, "Wed")))
    stage.reach(moment(11, "Fri"))
    share(stage, day(12, "Wed"))


def deliver_in_week_twelve(stage: Stage) -> None:
    """Three deliveries of November, and gifts that nobody has allocated yet."""
    stage.reach(moment(12, "Tue"))
    bring(stage, "R30", "EX-D1", MED_PARA=20)
    first = send(stage, WOMEN, day(12, "Tue"), ("W-A", "W-B", "W-C", "W-D"))
    hand_over(stage, first, {("W-A", "HYG-SHAM"): {"damaged": 2}})
    stage.reach(moment(12, "Wed"))
    hand_over(stage, send(stage, BOYS, day(12, "Wed")))
    stage.reach(moment(12, "Thu"))
    bring(stage, "R31", "EX-D7")
    small = send(stage, WOMEN, day(12, "Thu"), SMALL_UNITS)
    hand_over(
        stage,
        small,
        {("W-MCU", "INF-WIPES"): {"refused": 4, "reason": "quantity_limited"}},
    )
    stage.reach(moment(12, "Fri"))
    bring(stage, "R32", "EX-D2", CLO_SLIP=20)


def build_dignity_kits(stage: Stage) -> None:
    """Forty kits are packed on Saturday, out of what several donors gave."""
    stage.reach(moment(12, "Sat"))
    write_recipe(stage, "KIT-DIG", DIGNITY_KIT)
    build_kits(stage, "KIT-DIG", KITS_BUILT, "A-06")


def thank_for_november(stage: Stage) -> None:
    """Thank for what came so far; what comes in the last week waits for thanks."""
    stage.reach(moment(12, "Sun"))
    thank_everybody(stage)
    book_to_contract(stage, "grant")
    sign_contract(stage, "winter")


def leave_scans_waiting(stage: Stage) -> None:
    """Leave scans of the last days that a person has yet to finish."""
    stage.reach(moment(13, "Tue"))
    bring(stage, "R33", "EX-D6", TRT_SWEET=20)
    unknown = (
        {"action": "receive", "raw": raw, "quantity": 5, "location_code": "A-04"}
        for raw in UNKNOWN_CODES
    )
    wipes = {"raw": SEPARATOR_LOST, "quantity": 8, "location_code": "A-03"}
    vitamins = {"raw": gtin("MED-VITD"), "quantity": 10, "location_code": "A-05"}
    undated = {"raw": gtin("INF-PUREE"), "quantity": 12, "location_code": "A-03"}
    waiting = ({"action": "receive", **line} for line in (wipes, vitamins, undated))
    scan(stage, [*unknown, *waiting], ends="attention")


def leave_goods_on_their_way(stage: Stage) -> None:
    """One delivery waits at a gate, one is half picked, two are not planned."""
    stage.reach(moment(13, "Wed"))
    send(stage, RELEASE, day(13, "Wed"))
    stage.reach(moment(13, "Thu"))
    take_in(stage, boxes("R34"))
    number = plan(stage, WOMEN, day(14, "Mon"), ("W-E", "W-F", "W-G"))
    pick_list = pick_list_of(stage, number)
    pick(stage, pick_list, lines_left=len(pick_list["lines"]) // 2)


def leave_wishes_open(stage: Stage) -> None:
    """Nine women leave within two months; December is asked for; a run waits."""
    stage.reach(moment(13, "Fri"))
    units = {unit.unit_code: unit for unit in UNITS}
    approve(stage, [ask_for(stage, units["W-REL"], day(14, "Fri"), {"KIT-DIG": 9})])
    december = day(15, "Thu")
    for unit_code in EARLY:
        unit = units[unit_code]
        ask_for(stage, unit, december, wished(unit, december.isoformat()))
    propose(stage, day(14, "Wed"))
    announce(stage, "EX-D6", {"HYG-SOAP-B": 480, "MEN-PAD": 360, "HYG-TOWEL": 60})
    announce(stage, "EX-D4", {"INF-NAP-4": 96, "INF-WIPES": 48}, ("children",))
    make_pledge(stage, "EX-D3", {"HYG-TPASTE": 600}, day(15, "Tue"))


def tell_donors_of_september(stage: Stage) -> None:
    """Let the coordinator freeze September as it is shown; it is the first month."""
    coordinator = stage.person("coordinator")
    shown = coordinator.get("donors", "/months/preview")
    told = ("month", "threshold", "fingerprint")
    body = {name: shown[name] for name in told}
    coordinator.post("donors", "/months", {"command_id": coordinator.new_id(), **body})
    stage.reach(moment(13, "Sat", "12:00"))


CHAPTERS = (
    miss_shampoo,
    scan_in_kazakh,
    share_november,
    deliver_in_week_twelve,
    build_dignity_kits,
    thank_for_november,
    leave_scans_waiting,
    leave_goods_on_their_way,
    leave_wishes_open,
    tell_donors_of_september,
)
