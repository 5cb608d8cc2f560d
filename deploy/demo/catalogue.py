"""What is kept and given out in the story: 45 products (DOMAIN.md 7.3).

``catalogue.csv`` has the shape that ``komek import products`` reads.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from deploy.demo.stage import Stage

CATALOGUE = Path(__file__).with_name("catalogue.csv")
LANGUAGES = ("en", "ru", "kk")


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    """Give the rows of the catalogue by product code."""
    with CATALOGUE.open(encoding="utf-8", newline="") as table:
        return {row["code"]: row for row in csv.DictReader(table)}


def gtin(product_code: str) -> str:
    """Give the number under the bars of a product's pack."""
    return rows()[product_code]["gtin13_demo"]


def category(product_code: str) -> str:
    """Give the category of a product."""
    return rows()[product_code]["category"]


def register_products(stage: Stage) -> None:
    """Register every product of the catalogue."""
    coordinator = stage.person("coordinator")
    for row in rows().values():
        coordinator.post(
            "inventory",
            "/products",
            {
                "command_id": coordinator.new_id(),
                "product_code": row["code"],
                "category": row["category"],
                "names": {each: row[f"name_{each}"] for each in LANGUAGES},
                "unit_of_issue": row["unit_of_issue"],
                "packs": [{"gtin": row["gtin13_demo"], "quantity": 1}],
                "min_days_at_receipt": int(row["min_days_receipt"]),
                "min_days_at_dispatch": int(row["min_days_dispatch"]),
                "sensitivity": int(row["sensitivity"]),
                "flags": list(_flags(row["flags"])),
            },
        )


def _flags(cell: str) -> Iterable[str]:
    return filter(None, cell.split(","))
