"""Sixteen scanners at once on one lot: nothing is lost, nothing is counted twice."""

import subprocess
import sys
from pathlib import Path

from services.inventory.domain.movement import SUPPLY
from shared.contracts.inventory_v1 import GoodsReceived, StockChanged
from tests.support.racing_scanner import ROUNDS, THREADS

PROCESSES = 4
ROOT = Path(__file__).parents[3]


def test_scans_of_one_lot_from_everywhere_add_up(either_warehouse):
    """They open its gift, its note and its lot at once, and share one scan.

    One pack of medicine is scanned by all of them too: one receives it.
    """
    url = str(either_warehouse.database.url)
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.racing_scanner", url, str(number)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    try:
        for racer in racers:
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        told = [racer.communicate(timeout=120)[0].split() for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()

    moved, packs = (sum(map(int, counts)) for counts in zip(*told, strict=True))
    receipts = PROCESSES * THREADS * ROUNDS + 1
    every_receipt = either_warehouse.facts(GoodsReceived)
    received = [one for one in every_receipt if one.product_code == "HYG-COMB"]
    [lot_id] = {each.lot_id for each in received}
    versions = [
        each.version
        for each in either_warehouse.facts(StockChanged)
        if each.lot_id == lot_id
    ]
    assert packs == len(every_receipt) - len(received) == 1
    assert len(received) == receipts
    assert len({each.grn_number for each in received}) == 1
    accounts = either_warehouse.accounts(lot_id)
    assert accounts.balance(SUPPLY).on_hand == -2 * receipts
    assert accounts.at("A-01").on_hand == 2 * receipts - 3 * moved
    assert accounts.at("A-02").on_hand == 3 * moved > 0
    assert sorted(versions) == list(range(1, len(versions) + 1))
