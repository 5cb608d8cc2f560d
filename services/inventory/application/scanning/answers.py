"""How one scan ended, ready for JSON: the words of ``POST /scans``."""

from typing import Any

from services.inventory.application.scanning.goods import Applied
from shared.kernel.errors import DomainError

Answer = dict[str, Any]


def applied_answer(applied: Applied) -> Answer:
    """Tell what was booked; ``movement_id`` is what undo takes back."""
    said = {
        "lot_id": applied.lot_id,
        "movement_id": applied.movement_id,
        "code": applied.asks_for,
    }
    return {
        "status": "applied",
        **{name: str(value) for name, value in said.items() if value},
    }


def refused_answer(refusal: DomainError) -> Answer:
    """Tell which rule refuses, with its facts as texts."""
    facts = {name: _plain(fact) for name, fact in refusal.facts.items()}
    return {
        "status": "refused",
        "code": refusal.code,
        "detail": refusal.detail,
        "facts": facts,
    }


def waiting_answer(need: DomainError) -> Answer:
    """Tell what a person is waited for with."""
    return {**refused_answer(need), "status": "attention"}


def _plain(fact: object) -> str:
    return ", ".join(map(str, fact)) if isinstance(fact, list) else str(fact)
