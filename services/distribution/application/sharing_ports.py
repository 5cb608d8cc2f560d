"""What sharing out needs from outside: runs and reserves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from services.distribution.domain.conditions import Conditions
from services.distribution.domain.reserve import Reserve
from services.distribution.domain.run import (
    Proposal,
    RunLine,
    RunState,
    UnusedLot,
)


class Runs(Protocol):
    """Allocation runs and their lines."""

    def add(self, proposal: Proposal, recorded_by: str) -> None: ...

    def locked(self, run_id: UUID) -> tuple[RunState, date]:
        """Lock a run and give its state and hand-over day; UnknownRunError."""

    def lines(self, run_id: UUID) -> Sequence[RunLine]: ...

    def save_lines(self, run_id: UUID, lines: Iterable[RunLine]) -> None: ...

    def conditions(self, run_id: UUID, product_code: str) -> Conditions: ...

    def unused(self, run_id: UUID) -> Sequence[UnusedLot]:
        """Give the stock the rule did not give, as it was proposed."""

    def put_instead(self, proposal: Proposal) -> None:
        """Replace the products a proposal names on its run, overrides and all."""

    def set_state(self, run_id: UUID, state: RunState) -> None: ...

    def approve(
        self, run_id: UUID, product_codes: Iterable[str], approved_by: str
    ) -> None:
        """Note who approved, and that each product now waits for inventory."""

    def cancel(self, run_id: UUID, reason: str) -> None: ...

    def cancel_lines(
        self, run_id: UUID, unit_code: str, product_codes: Collection[str]
    ) -> None:
        """Call off lines of one unit; the others of the run stand."""

    def note_answer(
        self,
        run_id: UUID,
        product_code: str,
        state: RunState,
        *,
        reason: str | None = None,
        shortages: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Note what inventory said of one product."""

    def product_states(self, run_id: UUID) -> Mapping[str, RunState]: ...


class Reserves(Protocol):
    """What policy keeps back of products, with its history."""

    def add(self, reserve: Reserve, recorded_by: str) -> None: ...
