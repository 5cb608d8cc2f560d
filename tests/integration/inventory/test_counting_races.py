"""Two people press at once: a count, a finish and a destruction take effect once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from services.inventory.application.counting.sheets import FinishCount, finish_count
from services.inventory.application.losses.destroy_goods import (
    ConfirmDestruction,
    OpenDestruction,
    confirm_destruction,
    open_destruction,
)
from services.inventory.application.losses.write_off import (
    DecideWriteOff,
    RecordWriteOff,
    decide_write_off,
    record_write_off,
)
from services.inventory.domain.incident import Confirmation, IncidentFacts
from services.inventory.domain.movement import Reason
from services.inventory.wiring import Inventory
from shared.database.persistence import persistently
from shared.kernel.errors import DomainError
from tests.support.counting import DANA, count, plan
from tests.support.store import MORNING
from tests.support.warehouse import AIDA, BERIK, LATER, Warehouse

AT_ONCE = 6


def race(wishes: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run wishes at once; a refusal comes back as its code."""

    def one(wish: Callable[[], Any]) -> Any:
        try:
            return persistently(wish)
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(wishes)) as threads:
        return list(threads.map(one, wishes))


def working(app: Inventory, use_case: Callable[[Any], Any]) -> Callable[[], Any]:
    def wish() -> Any:
        with app.working() as work:
            return use_case(work)

    return wish


def test_of_two_second_counts_one_is_a_conflict(either_warehouse: Warehouse):
    warehouse = either_warehouse
    warehouse.receive(quantity=100)
    sheet = plan(warehouse)
    count(warehouse, sheet, 90)
    warehouse.wait(minutes=1)
    people = [f"account-{number}" for number in range(AT_ONCE)]
    lines = {
        person: warehouse.line(action="count", quantity=90, count_sheet_number=sheet)
        for person in people
    }

    answers = race(
        [lambda who=who: warehouse.app.scan(who, [lines[who]])[0] for who in people]
    )

    statuses = sorted(answer["status"] for answer in answers)
    assert statuses == ["applied"] + ["attention"] * (AT_ONCE - 1)
    with warehouse.working() as work:
        [line] = work.count_sheets.lines(sheet)
    assert line.second is not None


def test_two_first_counts_at_once_are_a_conflict(either_warehouse: Warehouse):
    warehouse = either_warehouse
    warehouse.receive(quantity=100)
    sheet = plan(warehouse)
    lines = {
        who: warehouse.line(action="count", quantity=100, count_sheet_number=sheet)
        for who in (AIDA, BERIK)
    }

    answers = race(
        [lambda who=who: warehouse.app.scan(who, [lines[who]])[0] for who in lines]
    )

    assert sorted(each["status"] for each in answers) == ["applied", "attention"]


def test_a_sheet_finished_at_once_is_booked_once(either_warehouse: Warehouse):
    warehouse = either_warehouse
    warehouse.receive(quantity=100)
    sheet = plan(warehouse)
    count(warehouse, sheet, 98)

    finish = working(
        warehouse.app, lambda work: finish_count(work, FinishCount(sheet, DANA))
    )
    answers = race([finish] * AT_ONCE)

    assert answers.count("count_sheet_closed") == AT_ONCE - 1
    assert warehouse.stock() == [("HYG-COMB", "A-01", 98)]


def test_goods_confirmed_at_once_are_destroyed_once(either_warehouse: Warehouse):
    warehouse = either_warehouse
    received = warehouse.receive(
        product_code="MED-PARA", lot_number="P1", expires_on=LATER, quantity=7
    )
    warehouse.wait(days=1500)
    with warehouse.working() as work:
        started = open_destruction(work, OpenDestruction("crushed", BERIK))
    number = started["destruction_number"]
    roles = ["volunteer", "reviewer"] * (AT_ONCE // 2)

    def confirm(place: int) -> Callable[[], Any]:
        said = Confirmation(f"account-{place}", roles[place])
        wish = ConfirmDestruction(number, said)
        return working(warehouse.app, lambda work: confirm_destruction(work, wish))

    answers = race([confirm(place) for place in range(AT_ONCE)])

    done = [each for each in answers if isinstance(each, dict)]
    assert sorted(each["status"] for each in done) == ["destroyed", "open"]
    balances = warehouse.balances(UUID(received["lot_id"]))
    assert balances["loss:EXPIRED"] == 7


def test_what_is_read_of_counts_and_losses_reads_alike(either_warehouse: Warehouse):
    warehouse = either_warehouse
    received = warehouse.receive(quantity=100)
    lot_id = UUID(received["lot_id"])
    offline = warehouse.line(action="count", quantity=1)
    sheet = plan(warehouse)
    count(warehouse, sheet, 90)
    warehouse.scan({**offline, "count_sheet_number": sheet}, account=BERIK)
    wish = RecordWriteOff(
        lot_id=lot_id,
        location_code="A-01",
        quantity=1,
        reason=Reason.STOLEN,
        account=AIDA,
        incident=IncidentFacts(
            cause="stolen",
            discovered="counting",
            facts="unknown",
            action="none",
            happened_on=MORNING.date(),
        ),
    )
    with warehouse.working() as work:
        recorded = record_write_off(work, wish)
        decision = DecideWriteOff(UUID(recorded["write_off_id"]), DANA, True)  # noqa: FBT003  approved
        decide_write_off(work, decision)

    counting, losses = warehouse.app.counting, warehouse.app.losses
    [open_sheet] = counting.sheets("open", after=None, limit=9)
    assert (open_sheet.second_counts, len(open_sheet.waiting)) == (1, 1)
    assert counting.due(MORNING.date()).medicines == []
    [write_off] = losses.write_offs(None, after=None, limit=9)
    assert write_off.status == "approved"
    assert losses.write_offs(None, after=str(write_off.write_off_id), limit=9) == []
    assert losses.incidents(after=None, limit=9)[0].cause == "stolen"
    report = losses.incident(recorded["incident_number"])
    assert (report.approvers, report.lines[0].quantity) == ([DANA], 1)
    assert losses.to_destroy(MORNING.date()) == []
    assert losses.destructions(None, after=None, limit=9) == []
