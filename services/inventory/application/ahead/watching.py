"""Notices what needs a person and says it once each time it begins."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from services.inventory.application.ahead.forecasting import ProductAhead, unusable
from shared.kernel.identity import IdSource


class AlertKind(StrEnum):
    """What may need a person."""

    STOCK_OUT = "stock_out"
    EXPIRY = "expiry"
    REVIEW = "review"
    ATTENTION = "attention"
    COLD_CHAIN = "cold_chain"
    COUNT = "count"
    PUT_BACK = "put_back"


AUDIENCE: Mapping[AlertKind, frozenset[str]] = {
    AlertKind.STOCK_OUT: frozenset({"coordinator"}),
    AlertKind.EXPIRY: frozenset({"coordinator"}),
    AlertKind.REVIEW: frozenset({"reviewer"}),
    AlertKind.ATTENTION: frozenset({"volunteer", "coordinator"}),
    AlertKind.COLD_CHAIN: frozenset({"reviewer", "coordinator"}),
    AlertKind.COUNT: frozenset({"volunteer", "coordinator"}),
    AlertKind.PUT_BACK: frozenset({"volunteer", "coordinator"}),
}
"""Who can do something about it; an auditor sees all of it, on the page alone."""

STOCK_OUT_DAYS = 14
STOCK_OUT_OVER_DAYS = 21
"""An alert ends later than it begins, so that a day's change rings no new bell."""

EXPIRY_DAYS = 60
REVIEW_WAIT = timedelta(days=2)
ATTENTION_WAIT = timedelta(days=1)
COUNT_WAIT = timedelta(days=92)
"""Each place is counted once a quarter (DOMAIN.md 2.1)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that needs a person now; ``is_new`` False only keeps an alert open.

    ``facts`` are JSON-ready: what the sentence about it names.
    """

    kind: AlertKind
    subject: str
    facts: Mapping[str, Any]
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Alert:
    """One occurrence of a condition."""

    alert_id: UUID
    kind: AlertKind
    subject: str
    facts: Mapping[str, Any]
    first_seen_at: datetime

    def is_for(self, roles: Iterable[str]) -> bool:
        """Say whether one of these roles can do something about it."""
        return not AUDIENCE[self.kind].isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asked to be told by e-mail.

    ``is_new`` until the first watch after that: then everything open is told.
    """

    account: str
    email: str
    language: str
    roles: tuple[str, ...]
    is_new: bool = False


class WatchReads(Protocol):
    """Finds what waits too long; reads only."""

    def conditions(self, now: datetime) -> Sequence[Condition]: ...


class AlertBook(Protocol):
    """The occurrences of alerts, the readers and their letters; one transaction."""

    def open(self) -> Sequence[Alert]: ...
    def begin(self, alert: Alert) -> bool:
        """Note a new occurrence; False when another copy was first."""

    def update(self, alert_id: UUID, facts: Mapping[str, Any]) -> None: ...
    def solve(self, alert_ids: Sequence[UUID], now: datetime) -> None: ...
    def readers(self) -> Sequence[Reader]: ...
    def write_to(self, reader: Reader, letter: tuple[str, str, str]) -> None:
        """Queue a letter of subject, text and HTML."""

    def greet(self, accounts: Sequence[str], now: datetime) -> None:
        """Note that readers are new no more."""

    def told(self, alert_ids: Sequence[UUID], now: datetime) -> None: ...


Words = Callable[[Sequence[Alert], str], tuple[str, str, str]]
"""Writes some alerts in a language as subject, text and HTML."""


def stock_conditions(products: Sequence[ProductAhead]) -> list[Condition]:
    """Find what runs out and what cannot be used in time."""
    found = []
    for each in products:
        days = each.cover_days
        if days is not None and days <= STOCK_OUT_OVER_DAYS:
            facts = {**_named(each), "day": _iso(each.stock_out_on), "days": days}
            is_new = days <= STOCK_OUT_DAYS
            code = each.product.product_code
            found.append(Condition(AlertKind.STOCK_OUT, code, facts, is_new))
    for each, lot in unusable(products):
        last_day = lot.outlook.last_day if lot.outlook else None
        if last_day and (last_day - each.today).days <= EXPIRY_DAYS:
            facts = {
                **_named(each),
                "lot_number": lot.lot.lot_number,
                "day": _iso(last_day),
                "left": lot.left,
            }
            found.append(Condition(AlertKind.EXPIRY, str(lot.lot.lot_id), facts))
    return found


def keep_watch(
    book: AlertBook,
    conditions: Sequence[Condition],
    *,
    now: datetime,
    ids: IdSource,
    words: Words | None,
) -> list[Alert]:
    """Begin, keep and end alerts; queue one letter a reader about the new ones.

    Everything is one transaction, so an occurrence is told once or not yet. Without
    *words* nothing is told by letter: the pages show it. Who asked since the last
    watch is told all that is open, for what began before would never reach her.
    """
    known = {(each.kind, each.subject): each for each in book.open()}
    present = {(each.kind, each.subject): each for each in conditions}
    gone = [alert.alert_id for key, alert in known.items() if key not in present]
    book.solve(gone, now)
    begun, lasting = [], []
    for key, condition in present.items():
        if key in known:
            book.update(known[key].alert_id, condition.facts)
            lasting.append(replace(known[key], facts=condition.facts))
        elif condition.is_new:
            alert = Alert(ids.new_id(), *key, condition.facts, now)
            begun += [alert] if book.begin(alert) else []
    if words:
        readers = book.readers()
        for reader in readers:
            told = [*begun, *lasting] if reader.is_new else begun
            _tell(book, reader, told, words)
        book.told([each.alert_id for each in begun], now)
        book.greet([each.account for each in readers if each.is_new], now)
    return begun


def _tell(
    book: AlertBook, reader: Reader, alerts: Sequence[Alert], words: Words
) -> None:
    mine = [each for each in alerts if each.is_for(reader.roles)]
    if mine:
        book.write_to(reader, words(mine, reader.language))


def _named(each: ProductAhead) -> dict[str, Any]:
    product = each.product
    return {"product_code": product.product_code, "names": dict(product.names)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
