"""How long `komek allocate` takes, and how that grows with the number of claims."""

import json
import os
import random  # noqa: TID251  always with a seed: a load that can be repeated
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import sleep
from typing import Any

from deploy.commands.allocate_input import read_problems
from services.distribution.domain.allocation import Award, LotShare, is_optimal
from tests.bench.process import peak_mib
from tests.bench.scanning import Figure

KOMEK = Path(sys.executable).with_name("komek")
PRODUCTS, LOTS = 45, 200
CLAIMS = (250, 500, 1_000, 2_000)
AIMED_AT = 1_000
HANDOVER = date(2026, 11, 20)
NAMES = ("boys", "children", "elderly", "medical", "release", "women")
GROUP_SETS = 16
NEEDED_DAYS = (0, 14, 30, 60, 90, 180)
LOOK_SECONDS = 0.02


def allocating_figures() -> Iterator[Figure]:
    """Share out ever more claims; yields seconds, growth, memory and proof."""
    before = None
    for claims in CLAIMS:
        text = json.dumps(document(claims))
        answer, seconds, mebibytes = _timed(text)
        grown = f", {seconds / before:.1f} times the one before" if before else ""
        what = f"allocate, {PRODUCTS} x {claims:,} claims x {LOTS} lots"
        aimed = claims == AIMED_AT
        yield Figure(what, f"{seconds:.1f} s{grown}", "10 s" if aimed else "twice")
        yield Figure(
            f"its memory at {claims:,} claims",
            f"{mebibytes:.0f} MiB",
            "500 MB" if aimed else "",
        )
        well = _certified(text, answer)
        yield Figure(
            f"fair shares proven at {claims:,} claims",
            f"{well} of {PRODUCTS}",
            str(PRODUCTS),
        )
        before = seconds


def document(claims: int, *, products: int = PRODUCTS, seed: int = 1) -> dict[str, Any]:
    """Make the input: half the lots tied or perishable, scarce and plentiful mixed."""
    some = random.Random(seed)  # noqa: S311  a load, no secret
    sets = [
        sorted(some.sample(NAMES, some.randint(1, 3))) for _ in range(GROUP_SETS - 1)
    ]
    return {
        "problems": [
            {
                "product_code": f"P{number:02}",
                "handover_on": HANDOVER.isoformat(),
                "lots": [_lot(some, each, sets, claims) for each in range(LOTS)],
                "claims": [_claim(some, each, [[], *sets]) for each in range(claims)],
            }
            for number in range(products)
        ]
    }


def _lot(
    some: random.Random, number: int, sets: list[list[str]], claims: int
) -> dict[str, Any]:
    is_free = some.random() < 1 / 2
    lasts = some.choice((None, 400)) if is_free else some.randint(-5, 200)
    return {
        "id": f"L{number:03}",
        "quantity": some.randint(0, claims // 4),
        "expires_on": None if lasts is None else _day(lasts),
        "received_on": (HANDOVER - timedelta(some.randint(1, 90))).isoformat(),
        "earmark": None if is_free else some.choice(sets),
    }


def _day(days_left: int) -> str:
    return (HANDOVER + timedelta(days_left)).isoformat()


def _claim(some: random.Random, number: int, sets: list[list[str]]) -> dict[str, Any]:
    due = some.randint(1, 120)
    return {
        "id": f"C{number:04}",
        "entitlement": due,
        "received": some.choice((0, 0, some.randint(0, due))),
        "requested": some.randint(0, 150),
        "weight": some.choice(("1", "1", "1", "3/2", "2/3")),
        "class": some.choice((1, 1, 1, 2)),
        "min_days": some.choice(NEEDED_DAYS),
        "groups": some.choice(sets),
        "last_served_on": some.choice((None, "2026-10-20", "2026-10-27")),
    }


def _timed(text: str) -> tuple[bytes, float, float]:
    """Run the command; gives its answer, processor seconds and peak memory."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as said:
        told.write(text.encode())
        told.seek(0)
        process = subprocess.Popen([KOMEK, "allocate"], stdin=told, stdout=said)
        peak, ended = 0.0, 0
        while not ended:
            # not the system's own peak: that one begins with this process's memory
            peak = max(peak, peak_mib(process.pid))
            sleep(LOOK_SECONDS)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = status
        assert status == 0, f"komek allocate ended with {status}"
        said.seek(0)
        return said.read(), used.ru_utime + used.ru_stime, peak


def _certified(text: str, answer: bytes) -> int:
    """Count the problems whose answer carries its certificate."""
    problems = read_problems(text.encode())
    results = json.loads(answer)["results"]
    return sum(
        is_optimal(problem, [_award(each) for each in result["awards"]])
        for problem, result in zip(problems, results, strict=True)
    )


def _award(told: dict[str, Any]) -> Award:
    shares = tuple(LotShare(each["lot"], each["quantity"]) for each in told["lots"])
    return Award(told["claim"], told["quantity"], shares, ())
