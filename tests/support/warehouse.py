"""A warehouse for tests: the demo catalogue, a scanner, and what was said."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from services.inventory.application.catalogue.import_products import import_products
from services.inventory.application.counting.adjust_stock import (
    AdjustStock,
    adjust_stock,
)
from services.inventory.application.holding.hold_lots import DecideOnLot, release_lot
from services.inventory.application.outbound.reverse_movement import (
    ReverseMovement,
    reverse_movement,
)
from services.inventory.application.queries import AttentionPlace, StockFilter
from services.inventory.application.scanning.resolve_attention import ResolveAttention
from services.inventory.domain.movement import Reason
from shared.contracts.donors_v1 import EarmarkSet, GiftAnnounced
from shared.sheets.reading import read_sheet
from tests.support.store import NAMESPACE, Store

CATALOGUE = Path(__file__).parents[2] / "deploy" / "demo" / "catalogue.csv"
AIDA, BERIK = "account-aida", "account-berik"
LATER = "2029-12-31"


class Warehouse(Store):
    """A store room whose goods come in by scans, as they do in life."""

    def __init__(self, database_url: str) -> None:
        super().__init__(database_url)
        self._scans = 0
        with self.working() as work:
            import_products(work, read_sheet(CATALOGUE.read_bytes()).rows)

    def begin_again(self) -> None:
        super().begin_again()
        self._scans = 0

    def line(self, **fields: Any) -> dict[str, Any]:
        """A receipt of two combs now, under a new id, with what differs."""
        self._scans += 1
        usual = {
            "scan_id": str(uuid5(NAMESPACE, f"scan {self._scans}")),
            "action": "receive",
            "quantity": 2,
            "location_code": "A-01",
            "occurred_at": self.clock.now().isoformat(),
        }
        if "raw" not in fields:
            usual["product_code"] = "HYG-COMB"
        return {**usual, **fields}

    def scan(self, *lines: Mapping[str, Any], account: str = AIDA) -> Sequence[Any]:
        """Send a batch; the answers in its order."""
        return self.app.scan(account, lines)

    def receive(self, **fields: Any) -> Mapping[str, Any]:
        """Take goods in; the answer, which says that they were."""
        [answer] = self.scan(self.line(**fields))
        assert answer["status"] == "applied", answer
        return answer

    def only(self, **fields: Any) -> Mapping[str, Any]:
        """Send one line; its answer without the id."""
        [answer] = self.scan(self.line(**fields))
        return {name: value for name, value in answer.items() if name != "scan_id"}

    def stock(self, **wanted: Any) -> list[tuple[str, str, int]]:
        """What stands where: product, location, quantity."""
        lines = self.app.queries.stock(StockFilter(**wanted), limit=500)
        return [(each.product_code, each.location_code, each.on_hand) for each in lines]

    def lot(self, answer: Mapping[str, Any]) -> Any:
        """The facts of the lot an answer names."""
        return self.accounts(UUID(answer["lot_id"])).lot

    def attention(self) -> list[tuple[str, Mapping[str, Any]]]:
        """What waits: its code and its line."""
        waiting = self.app.queries.attention(after=AttentionPlace(), limit=500)
        return [(each.code, each.line) for each in waiting]

    def resolve(self, scan_id: Any, **said: Any) -> Any:
        """Finish a waiting scan."""
        wish = ResolveAttention(
            UUID(str(scan_id)),
            BERIK,
            discard_reason=said.pop("discard_reason", None),
            by_coordinator=said.pop("by_coordinator", False),
            entered=said,
        )
        return self.app.resolve(self.app.ids.new_id(), wish)

    def announce(self, gift_number: str, earmark: Any = None) -> None:
        """Hear that a gift was announced."""
        self.hear(GiftAnnounced(gift_number, "EX-D1", earmark, ()))

    def set_earmark(self, gift_number: str, version: int, earmark: Any) -> None:
        """Hear that the earmark of a gift changed."""
        self.hear(EarmarkSet(gift_number, version, earmark))

    def release(self, answer: Mapping[str, Any]) -> Any:
        """Let the reviewer release the lot an answer names."""
        wish = DecideOnLot(UUID(answer["lot_id"]), "looks right", BERIK)
        with self.working() as work:
            return release_lot(work, wish)

    def undo(self, answer: Mapping[str, Any]) -> Any:
        """Take back the movement an answer names."""
        wish = ReverseMovement(UUID(answer["movement_id"]), "a slip", BERIK)
        with self.working() as work:
            return reverse_movement(work, wish)

    def adjust(self, answer: Mapping[str, Any], reason: Reason, **more: Any) -> Any:
        """Adjust the lot an answer names by one at A-01."""
        usual = {"location_code": "A-01", "quantity": 1, "account": BERIK}
        wish = AdjustStock(
            lot_id=UUID(answer["lot_id"]), reason=reason, **{**usual, **more}
        )
        with self.working() as work:
            return adjust_stock(work, wish)

    def wait(self, **duration: float) -> None:
        """Let time go by."""
        self.clock.instant += timedelta(**duration)

    def violations(self) -> list[Any]:
        """What ``komek verify`` would find wrong."""
        return [each for check in self.app.verify() for each in check["violations"]]
