"""From what donors knows to what it answers, in the reader's language."""

from collections.abc import Iterable, Sequence
from typing import Any

from services.donors.domain.fulfilment import Fulfilment, GiftAccount, fulfilments
from services.donors.domain.level import Level, PublicNeed

Catalogue = Any
"""The read model ``adapters.catalogue.Catalogue``, which gives words of products."""


def items_of(
    accounts: Iterable[GiftAccount], catalogue: Catalogue, language: str
) -> list[dict[str, Any]]:
    """Write what became of gifts, by product (API.md, /me)."""
    return [_item(each, catalogue, language) for each in fulfilments(accounts)]


def gift_answer(
    account: GiftAccount, catalogue: Catalogue, language: str
) -> dict[str, Any]:
    """Write one gift; the schema chooses who sees which of it."""
    return {
        "gift_number": account.gift_number,
        "donor_code": account.donor_code,
        "announced_on": account.announced_on,
        "received_on": account.received_on,
        "earmark": account.earmark,
        "is_walk_in": account.is_walk_in,
        "expected": account.expected,
        "items": items_of([account], catalogue, language),
    }


def lines_answer(lines: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Write what was promised."""
    return [{"product_code": code, "quantity": quantity} for code, quantity in lines]


def level_answers(
    levels: Sequence[Level], catalogue: Catalogue, language: str
) -> list[dict[str, Any]]:
    """Write stock levels, by product."""
    return [
        {
            "product_code": level.product_code,
            "name": catalogue.words(level.product_code, language).name,
            "category": level.category,
            "band": level.band.value,
        }
        for level in levels
    ]


def need_answers(
    needs: Sequence[PublicNeed], catalogue: Catalogue, language: str
) -> list[dict[str, Any]]:
    """Write the public list; a line of a category has no product."""
    return [_need(each, catalogue, language) for each in needs]


def _need(need: PublicNeed, catalogue: Catalogue, language: str) -> dict[str, Any]:
    code = need.product_code
    words = catalogue.words(code, language) if code else None
    return {
        "product_code": code,
        "name": words.name if words else None,
        "category": need.category,
        "unit_of_issue": words.unit_of_issue if words else None,
        "band": need.band.value,
        "days_of_cover": need.days_of_cover,
        "about": need.about,
        "promised": need.promised,
        "runs_out_on": need.runs_out_on,
    }


def _item(each: Fulfilment, catalogue: Catalogue, language: str) -> dict[str, Any]:
    words = catalogue.words(each.product_code, language)
    totals = each.totals
    return {
        "product_code": each.product_code,
        "name": words.name,
        "unit_of_issue": words.unit_of_issue,
        "announced": each.announced,
        "received": totals.received,
        "refused": each.refused,
        "in_stock": totals.in_stock,
        "reserved": totals.reserved,
        "in_transit": totals.in_transit,
        "accepted": totals.accepted,
        "lost": totals.lost,
        "returned": totals.returned,
        "lost_by_reason": dict(totals.lost_by_reason),
    }
