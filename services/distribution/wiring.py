"""Distribution put together: the only place that knows all of its parts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from prometheus_client import CollectorRegistry

from services.distribution.adapters import tables, verification
from services.distribution.adapters.allocator import share_out
from services.distribution.adapters.metrics import DistributionMetrics
from services.distribution.adapters.reads.gate import GateReads
from services.distribution.adapters.reads.listings import Asked, Sought
from services.distribution.adapters.reads.pages import PageReads
from services.distribution.adapters.reads.phone import PhoneReads
from services.distribution.adapters.reads.planning import SqlPlanning
from services.distribution.adapters.reads.queries import SqlQueries
from services.distribution.adapters.rows.photo_box import photo_box
from services.distribution.adapters.rows.photo_desk import PhotoDesk
from services.distribution.adapters.rows.quota_rules import SqlQuotaRules
from services.distribution.adapters.rows.shown import comparison_view, decision_view
from services.distribution.adapters.work import SqlDistributionWork
from services.distribution.application.change_quota_rules import seed_quota_rules
from services.distribution.application.hearing import HEARINGS
from services.distribution.application.lapse_open import lapse_open
from services.distribution.application.override_lines import override_lines
from services.distribution.application.propose_run import (
    RunWish,
    gather,
    propose_run,
    work_out,
)
from services.distribution.application.publish_needs import publish_needs
from services.distribution.application.share_again import share_again
from services.distribution.domain.comparison import Comparison
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.errors import NotOnRunError, UnknownRunError
from services.distribution.domain.run import Override, Proposal, RunLine
from services.distribution.settings import Settings
from shared.database.commands import Command
from shared.messaging.application import Application
from shared.messaging.station import Surroundings

__all__ = ["Asked", "Distribution", "Sought", "build"]


class _OnlyLookingError(Exception):
    """Ends a transaction that was only begun to see what would happen."""


def _lines_of(
    run_id: UUID, product_codes: Collection[str], work: SqlDistributionWork
) -> list[RunLine]:
    lines = work.runs.lines(run_id)
    return [line for line in lines if line.product_code in product_codes]


class Distribution(Application[SqlDistributionWork]):
    """The service as its entrypoints see it."""

    def __init__(
        self, surroundings: Surroundings, metrics: DistributionMetrics
    ) -> None:
        clock, ids = surroundings.clock, surroundings.ids
        super().__init__(
            "distribution",
            surroundings,
            messaging=tables.MESSAGING,
            commands=tables.COMMANDS,
            work=lambda connection, journal: SqlDistributionWork(
                connection, journal, clock, ids
            ),
            hearings=HEARINGS,
        )
        self.queries = SqlQueries(surroundings.database, clock)
        self.page_reads = PageReads(surroundings.database, clock)
        self.gate_reads = GateReads(surroundings.database, clock)
        self.phone_reads = PhoneReads(
            surroundings.database, clock, self.page_reads, self.gate_reads
        )
        key = Settings.from_environment().photo_key
        self.photos = PhotoDesk(self.working, photo_box(surroundings.database, key))
        self._metrics = metrics
        self.needs_may_have_changed = True

    def perform(
        self, command: Command, use_case: Callable[[SqlDistributionWork], Any]
    ) -> Any:
        """Run a command once, count what it did, and tell if needs have changed."""
        counted: list[tuple[str, str]] = []

        def counting(work: SqlDistributionWork) -> Any:
            answer = use_case(work)
            counted[:] = work.counted
            return answer

        answer = super().perform(command, counting)
        self._metrics.count(counted)
        self.needs_may_have_changed = True
        return answer

    def propose(self, command: Command, wish: RunWish) -> Any:
        """Work out a run outside of any transaction, then keep the proposal.

        The same command again gives the first answer, whatever is known now.
        """
        proposal = self.try_out(wish)
        return self.perform(
            command, lambda work: propose_run(proposal, work, account=command.account)
        )

    def try_out(self, wish: RunWish) -> Proposal:
        """Work out what a run would propose; nothing is kept."""
        with self.database.reading() as connection:
            rules = SqlQuotaRules(connection, self.clock.now())
            known = gather(wish, SqlPlanning(connection, rules))
        return work_out(wish, known, share_out)

    def compare(
        self, run_id: UUID, product_code: str, conditions: Conditions
    ) -> Comparison:
        """Put a product of a run beside what it would be; nothing is kept.

        Raises UnknownRunError, or NotOnRunError for a product it does not share.
        """
        day = self._handover_of(run_id)
        rows = self.page_reads.run_lines(run_id, product_code)
        if not rows:
            raise NotOnRunError("-", product_code)
        wish = RunWish(run_id, day, (product_code,), {product_code: conditions})
        proposal = self.try_out(wish)
        return Comparison(
            conditions,
            now=[row["line"] for row in rows],
            then=proposal.lines,
            unused=proposal.unused.get(product_code, ()),
        )

    def what_if(
        self, run_id: UUID, product_code: str, conditions: Conditions
    ) -> dict[str, Any]:
        """Compare as JSON; see ``compare``."""
        return comparison_view(self.compare(run_id, product_code, conditions))

    def try_override(
        self, run_id: UUID, overrides: Sequence[Override]
    ) -> tuple[list[RunLine], list[RunLine]]:
        """Override in a transaction that is then given up: the rule itself answers.

        Gives every line of the products concerned, before and after.
        """
        codes = {each.product_code for each in overrides}
        seen: list[list[RunLine]] = []
        with suppress(_OnlyLookingError), self.working() as work:
            seen.append(_lines_of(run_id, codes, work))
            override_lines(run_id, overrides, work)
            seen.append(_lines_of(run_id, codes, work))
            raise _OnlyLookingError
        before, after = seen
        return before, after

    def preview(self, run_id: UUID, overrides: Sequence[Override]) -> dict[str, Any]:
        """Say what overriding would change, as JSON; nothing is kept."""
        return decision_view(*self.try_override(run_id, overrides))

    def share_again(
        self, command: Command, run_id: UUID, conditions: Mapping[str, Conditions]
    ) -> Any:
        """Put products of a proposal out again, each under its conditions."""
        day = self._handover_of(run_id)
        wish = RunWish(run_id, day, tuple(sorted(conditions)), conditions)
        proposal = self.try_out(wish)
        return self.perform(command, lambda work: share_again(proposal, work))

    def _handover_of(self, run_id: UUID) -> date:
        """Give the day of a run without its thousands of lines."""
        head = self.page_reads.run(run_id)
        if head is None:
            raise UnknownRunError(run_id)
        day: date = head["handover_on"]
        return day

    def publish_needs(self) -> bool:
        """Tell the other services what is needed, unless they know already.

        A timer calls it soon after commands, once for many of them: adding up
        every unit and product costs more than most commands do.
        """
        self.needs_may_have_changed = False
        with self.database.reading() as connection:
            work = SqlDistributionWork(
                connection, self.station.journal, self.clock, self.ids
            )
            if work.needs.items(work.today()) == work.needs.published()[1]:
                return False
        with self.working() as work:
            return publish_needs(work)

    def lapse_open(self) -> int:
        """Let go of open goods that are overdue; a timer calls it.

        Most of the time no rule says so, and then nothing is locked.
        """
        if self.page_reads.carry_rule().lapses_after_days is None:
            return 0
        with self.working() as work:
            return lapse_open(work)

    def verify(self) -> list[dict[str, Any]]:
        """Prove the numbers from the rows: name, rows looked at, violations."""
        return verification.verify(self.database)


def build(surroundings: Surroundings, registry: CollectorRegistry) -> Distribution:
    """Build distribution on a database whose tables are there.

    A new installation gets the default quota rules.
    """
    distribution = Distribution(surroundings, DistributionMetrics(registry))
    with distribution.working() as work:
        seed_quota_rules(work)
    return distribution
