"""Three services, a hostile broker, and an auditor who keeps books of his own.

``make simulate SEED=…`` runs one seed; seeds that failed once are kept in
regressions.txt and run every time.
"""

import pytest

from shared.database import commands
from shared.messaging import healing, inbox
from tests.simulation.run import STEPS, shortest_failure, simulate
from tests.simulation.trace import Violation


def test_the_three_services_agree_whatever_the_broker_does(simulation_seed, tmp_path):
    try:
        simulation = simulate(tmp_path / "run", simulation_seed)
    except Violation as violation:
        shortest = shortest_failure(tmp_path, simulation_seed, violation)
        raise Violation(
            f"Seed {simulation_seed} is not well after {shortest.step} steps: "
            f"{shortest}\nAgain: make simulate SEED={simulation_seed}"
        ) from None

    did = simulation.broker.did
    assert all(did[what] for what in ("lost", "duplicated", "delayed", "reordered"))
    assert did["delivered"] > STEPS
    assert simulation.auditor.handed_over, "goods went all the way"


def test_the_auditor_sees_an_inbox_that_forgets_what_it_claimed(tmp_path, monkeypatch):
    def claim(_inbox, _connection, batch):
        return {each.message_id for each in batch}

    monkeypatch.setattr(inbox.Inbox, "_claim", claim)

    with pytest.raises(Violation):
        simulate(tmp_path, seed=1, steps=60)


def test_the_auditor_sees_a_service_that_never_heals(tmp_path, monkeypatch):
    monkeypatch.setattr(healing.Healer, "heal", lambda *_: 0)

    with pytest.raises(Violation):
        simulate(tmp_path, seed=1, steps=60)


def test_the_auditor_sees_a_command_that_takes_effect_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "insert_if_new", lambda *_: True)

    with pytest.raises(Violation):
        simulate(tmp_path, seed=1, steps=60)


def test_the_same_seed_is_the_same_run(tmp_path):
    first, again = (simulate(tmp_path / name, 7, steps=12) for name in "ab")

    assert first.trace.lines == again.trace.lines
    assert first.broker.did == again.broker.did
