"""One run: days of people and a hostile broker, nights in which all is healed."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.simulation.auditor import Auditor
from tests.simulation.dispatching import Dispatching
from tests.simulation.furnishing import furnish
from tests.simulation.giving import Giving
from tests.simulation.outreach import Outreach
from tests.simulation.own_pages import check_replay
from tests.simulation.programme import Programme
from tests.simulation.reckoning import reckon
from tests.simulation.trace import Trace, Violation
from tests.simulation.warehouse import Warehouse
from tests.support.simulated_broker import HostileBroker
from tests.support.simulated_chance import Chance
from tests.support.simulated_suite import SimulatedSuite

BEGINS_AT = datetime(2026, 9, 1, 4, tzinfo=UTC)
STEPS = 340
STEPS_A_DAY = 26
SECONDS_A_STEP = 45
NIGHT = timedelta(days=1)

WEIGHTS = {
    "receive": 24,
    "announce": 5,
    "refuse": 3,
    "move": 9,
    "count": 6,
    "adjust": 6,
    "undo": 6,
    "review": 8,
    "count_heads": 2,
    "ask": 12,
    "cancel_requisition": 1,
    "share": 12,
    "cancel_run": 2,
    "plan": 9,
    "move_consignment": 3,
    "cancel_consignment": 2,
    "pick": 16,
    "dispatch": 9,
    "hand_over": 10,
    "correct": 4,
    "give_back": 3,
}

OPENING = {"announce": 5, "receive": 15, "review": 5, "ask": 6}


class Simulation:
    """Everything of one run; the same seed gives the same run."""

    def __init__(self, folder: Path, seed: int) -> None:
        chance = Chance(seed)
        self.suite = SimulatedSuite(folder, BEGINS_AT, seed)
        self.auditor = Auditor(self.suite)
        self.trace = Trace()
        self.broker = HostileBroker(self.suite.stations, self.suite.clock, chance)
        self.broker.on_fact.append(self.auditor.hear)
        self._chance = chance
        programme = Programme(self.suite, chance, self.auditor, self.trace)
        self._warehouse = Warehouse(programme)
        self._giving = Giving(programme)
        self._programme = programme
        self._acts = self._all_acts()

    def run(self, steps: int) -> None:
        """Furnish, take so many steps, sleep; raise Violation when all is not well."""
        furnish(self._programme)
        self._open()
        for number in range(1, steps + 1):
            self.trace.step = number
            self._acts[self._chance.weighted(WEIGHTS)]()
            self.suite.clock.advance(seconds=self._chance.between(1, SECONDS_A_STEP))
            self.broker.do_round()
            self.auditor.check_step()
            if number % STEPS_A_DAY == 0:
                self._sleep()
        self._giving.announce_all()
        self._sleep()
        check_replay(self.suite)

    def _open(self) -> None:
        """Begin with some goods and some wishes, so that there is work for all."""
        for act, times in OPENING.items():
            for _ in range(times):
                self._acts[act]()
        self.broker.settle()

    def close(self) -> None:
        """Close every database."""
        self.suite.close()

    def _sleep(self) -> None:
        """Heal everything, compare everything, wake up on another day."""
        self.broker.settle()
        reckon(self.auditor, self.suite)
        self._warehouse.corrected_lots.clear()
        self.suite.clock.advance(seconds=NIGHT.total_seconds())

    def _all_acts(self) -> dict[str, Callable[[], None]]:
        warehouse, giving = self._warehouse, self._giving
        outreach = Outreach(self._programme, warehouse)
        dispatching = Dispatching(self._programme, warehouse)
        here = {
            "receive": lambda: warehouse.receive(giving.gift_on_paper()),
            "refuse": self._refuse,
        }
        others = (warehouse, giving, outreach, dispatching)
        return here | {
            name: getattr(each, name)
            for name in WEIGHTS
            for each in others
            if name not in here and hasattr(each, name)
        }

    def _refuse(self) -> None:
        gift_number = self._giving.gift_on_paper()
        if gift_number:
            self._warehouse.refuse(gift_number)


def simulate(folder: Path, seed: int, steps: int = STEPS) -> Simulation:
    """Run a seed to its end; raise Violation with its story when it is not well."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    simulation = Simulation(folder, seed)
    try:
        simulation.run(steps)
    except Violation as violation:
        story = simulation.trace.told(violation.subjects)
        raise Violation(
            f"{violation.finding}\n{story}",
            *violation.subjects,
            step=simulation.trace.step,
        ) from violation
    finally:
        simulation.close()
    return simulation


def shortest_failure(folder: Path, seed: int, found: Violation) -> Violation:
    """Look for fewer steps of the seed after which it is not well either.

    A run of fewer steps is the beginning of the same run, and then one night; so
    what was only found late is found right after it went wrong.
    """
    lowest, shortest = 0, found
    while lowest + 1 < shortest.step:
        middle = (lowest + shortest.step) // 2
        try:
            simulate(folder / "shorter", seed, middle)
            lowest = middle
        except Violation as violation:
            violation.step = middle
            shortest = violation
    return shortest
