"""What every simulated person does with a command: send it, badly connected.

A command may reach a service that loses its power, may be sent again, or may come
back under an id that was used: whatever happens, it counts once.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shared.kernel.clock import local_day
from tests.simulation.auditor import Auditor
from tests.simulation.trace import Trace, Violation
from tests.support.simulated_chance import Chance
from tests.support.simulated_suite import Answer, SimulatedSuite

STATEMENTS_MAX = 60
CUT, AGAIN, REUSED = 0.06, 0.1, 0.04

Send = Callable[[dict[str, Any]], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """Who sends what where."""

    who: str
    service: str
    method: str
    path: str


class Programme:
    """The people of a run, the line they are on and what they are told."""

    def __init__(
        self, suite: SimulatedSuite, chance: Chance, auditor: Auditor, trace: Trace
    ) -> None:
        self.suite = suite
        self.chance = chance
        self.auditor = auditor
        self.trace = trace
        self._begins_on = local_day(suite.clock.now())

    @property
    def books(self) -> Any:
        """What a person may know from the papers: the auditor's books."""
        return self.auditor.books

    def new_id(self) -> str:
        """Make the id a client makes before it sends anything."""
        return str(self.suite.ids.new_id())

    def now(self, minutes_ago: int = 0) -> str:
        """Give the present instant, or an earlier one, as it is sent."""
        instant = self.suite.clock.now() - timedelta(minutes=minutes_ago)
        return instant.isoformat()

    def day(self, days: int = 0) -> str:
        """Give a day counted from today, as it is sent."""
        today = local_day(self.suite.clock.now())
        return (today + timedelta(days=days)).isoformat()

    def first_day(self, days: int = 0) -> str:
        """Give a day counted from the first of the run, as it is sent."""
        return (self._begins_on + timedelta(days=days)).isoformat()

    def command(self, route: Route, body: dict[str, Any]) -> Answer:
        """Send a command until it is answered; sometimes once more."""
        answer = self._send(route, body)
        self.note(route, body, answer)
        if answer.is_ok and self.chance.happens(AGAIN):
            again = self._send(route, body)
            if (again.is_ok, again.body) != (True, answer.body):
                raise Violation(
                    f"{route.path} answered {answer.body}, then {again.body}"
                )
        if answer.is_ok and self.chance.happens(REUSED):
            self._reuse(route, body)
        return answer

    def scan(self, **line: Any) -> dict[str, Any]:
        """Send one scan; give its result, the first one when it is sent again."""
        route = Route("volunteer", "inventory", "POST", "/scans")
        scan = {"scan_id": self.new_id(), "occurred_at": self.now(), **line}
        answer = self._send(route, {"scans": [scan]})
        self.note(route, scan, answer)
        if not answer.is_ok:
            raise Violation(f"a scan was answered {answer}")
        result: dict[str, Any] = answer.body["results"][0]
        if result["status"] != "refused" and self.chance.happens(AGAIN):
            self._scan_again(route, scan, result)
        if result["status"] == "applied" and self.chance.happens(REUSED):
            other = {**scan, "quantity": scan["quantity"] + 1}
            self._expect_reused(self._send(route, {"scans": [other]}), route)
        return result

    def note(self, route: Route, body: Any, answer: Answer) -> None:
        """Write a request and its answer into the trace."""
        asked = json.dumps(body, ensure_ascii=False)[:400]
        told = json.dumps(answer.body, ensure_ascii=False)[:300]
        what = f"{route.who} {route.method} {route.service}{route.path} {asked}"
        self.trace.note(self.suite.clock.now(), f"{what} -> {answer.status} {told}")

    def _send(self, route: Route, body: dict[str, Any]) -> Answer:
        """Send; when the power is cut meanwhile, send the same again."""
        power = self.suite.power[route.service]
        if self.chance.happens(CUT):
            power.after(self.chance.between(0, STATEMENTS_MAX))
        before = power.happened
        answer = self._ask(route, body)
        power.call_off()
        if power.happened == before:
            return answer
        self.trace.note(self.suite.clock.now(), "the power was cut; once more")
        if answer.is_ok:
            return answer
        return self._ask(route, body)

    def _ask(self, route: Route, body: dict[str, Any]) -> Answer:
        return self.suite.send(route.who, route.service, route.method, route.path, body)

    def _scan_again(
        self, route: Route, scan: dict[str, Any], first: dict[str, Any]
    ) -> None:
        (again,) = self._send(route, {"scans": [scan]}).body["results"]
        if again != {**first, "status": "duplicate"}:
            raise Violation(f"a scan gave {first}, then {again}")

    def _reuse(self, route: Route, body: dict[str, Any]) -> None:
        for field in ("planned_on", "short_reason", "as_of", "incident_number"):
            if body.get(field):
                other = {**body, field: f"{body[field]}"[:4] + "-01-01"}
                self._expect_reused(self._send(route, other), route)
                return

    def _expect_reused(self, answer: Answer, route: Route) -> None:
        told = answer.body.get("results", [answer.body])[0]
        if told.get("code") != "command_id_reused":
            raise Violation(f"{route.path} took an id twice: {answer.body}")
