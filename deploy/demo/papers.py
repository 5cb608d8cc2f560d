"""What lies on the coordinator's desk in the story: pledges, contracts, thanks.

Prices and rates are invented. Goods of a foreign grant are valued at what they cost
there, medicine at the world's generic price; both keep their rate (DOMAIN.md 0).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from deploy.demo.stage import Stage
from deploy.demo.warehouse import every, lines_of

PRICES = Path(__file__).with_name("prices.csv")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Currency:
    """What a donor's goods are valued in; tenge need no rate."""

    code: str
    basis: str
    tenge: str | None = None

    def value_of(self, product_code: str, on: date) -> dict[str, Any]:
        """Write the value of one unit, with the rate of a day where one is needed."""
        price = prices()[product_code]
        stated = {"product_code": product_code, "basis": self.basis}
        if self.tenge is None:
            return {**stated, "amount": str(price), "currency": self.code}
        return {
            **stated,
            "amount": str((price / Decimal(self.tenge)).quantize(HUNDREDTH)),
            "currency": self.code,
            "rate": self.tenge,
            "rate_source": "Example Bank",
            "rate_on": on.isoformat(),
        }


TENGE = Currency("KZT", "market_price")
CURRENCIES: Mapping[str, Currency] = {
    "EX-D1": Currency("USD", "world_generic_price", "521.4"),
    "EX-D3": Currency("KZT", "cost"),
    "EX-D5": Currency("KZT", "donor_statement"),
    "EX-D6": Currency("EUR", "cost", "603.75"),
}


@cache
def prices() -> Mapping[str, Decimal]:
    """Give what one unit of a product costs, in tenge."""
    with PRICES.open(encoding="utf-8", newline="") as table:
        return {
            row["product_code"]: Decimal(row["tenge"]) for row in csv.DictReader(table)
        }


CONTRACTS = {
    "summer": {
        "donor_code": "EX-D3",
        "source": "state",
        "title": "Social contract: hygiene, April to September (example)",
        "starts_on": "2026-04-01",
        "ends_on": "2026-09-30",
        "amount": "6500000",
        "currency": "KZT",
    },
    "winter": {
        "donor_code": "EX-D3",
        "source": "state",
        "title": "Social contract: hygiene, next year (example)",
        "starts_on": "2027-01-15",
        "ends_on": "2027-12-31",
        "amount": "9000000",
        "currency": "KZT",
    },
    "grant": {
        "donor_code": "EX-D6",
        "source": "grant",
        "title": "Grant for women's health 2026 (example)",
        "starts_on": "2026-07-01",
        "ends_on": "2026-12-15",
        "amount": "24000",
        "currency": "EUR",
    },
}
"""The state pays for nothing from October to the middle of January: a gap."""


def sign_contract(stage: Stage, name: str) -> None:
    """Let the coordinator keep one of the contracts."""
    _post(stage, "/contracts", CONTRACTS[name])


def book_to_contract(stage: Stage, name: str) -> None:
    """Say that a contract paid for all that its donor has announced so far."""
    kept = stage.person("coordinator").get("donors", "/contracts")["items"]
    wanted = CONTRACTS[name]
    number = next(
        each["contract_number"] for each in kept if each["title"] == wanted["title"]
    )
    for gift in _gifts(stage, wanted["donor_code"]):
        path = f"/gifts/{gift['gift_number']}/contract"
        _post(stage, path, {"contract_number": number})


def make_pledge(
    stage: Stage, donor_code: str, quantities: Mapping[str, int], due_on: date
) -> str:
    """Let the coordinator note what a donor promises; give its number."""
    promise = {
        "donor_code": donor_code,
        "due_on": due_on.isoformat(),
        "lines": lines_of(quantities),
    }
    return str(_post(stage, "/pledges", promise)["pledge_number"])


def end_pledge(stage: Stage, donor_code: str, gift_number: str | None) -> None:
    """End a donor's newest pledge: kept with a gift, or withdrawn."""
    pledges = every(stage.person("coordinator"), "donors", "/pledges")
    newest = next(each for each in pledges if each["donor_code"] == donor_code)
    path = f"/pledges/{newest['pledge_number']}/end"
    _post(stage, path, {"gift_number": gift_number})


def thank_everybody(stage: Stage) -> None:
    """Value what came and waits for thanks, issue receipts, and thank on paper.

    Whoever gave without a number and a name is still to be found: no thanks go out.
    """
    stage.deliver()
    waiting = every(stage.person("coordinator"), "donors", "/thanks/waiting")
    for each in list(waiting):
        if each["donor_code"] != "ANON":
            value_gift(stage, each["gift_number"])
            if each["received"]:
                _post(stage, f"/gifts/{each['gift_number']}/receipt", {})
            _post(stage, f"/gifts/{each['gift_number']}/thanks", {"way": "paper"})


def value_gift(stage: Stage, gift_number: str) -> None:
    """Say what one unit of each product of a gift is worth."""
    gift = stage.person("coordinator").get("donors", f"/gifts/{gift_number}")
    currency = CURRENCIES.get(gift["donor_code"], TENGE)
    today = stage.clock.now().date()
    for item in gift["items"]:
        if item["product_code"] in prices():
            value = currency.value_of(item["product_code"], today)
            _post(stage, f"/gifts/{gift_number}/values", value)


def choose_letters(stage: Stage, donor_code: str, cadence: str) -> None:
    """Say how often a donor wishes to be written to."""
    _post(stage, f"/donors/{donor_code}/letters", {"cadence": cadence})


def _gifts(stage: Stage, donor_code: str) -> list[dict[str, Any]]:
    person = stage.person("coordinator")
    return list(every(person, "donors", "/gifts", donor_code=donor_code))


def _post(stage: Stage, path: str, body: Mapping[str, Any]) -> Any:
    coordinator = stage.person("coordinator")
    command = {"command_id": coordinator.new_id(), **body}
    return coordinator.post("donors", path, command)
