"""What happened in a run, told so that a person can follow it."""

from collections.abc import Iterable
from datetime import datetime

TOLD_MAX = 25


class Violation(AssertionError):  # noqa: N818  what an auditor finds is not an error
    """Something that may never be so; ``subjects`` are the ids it is about."""

    def __init__(self, finding: str, *subjects: object, step: int = 0) -> None:
        super().__init__(finding)
        self.finding = finding
        self.step = step
        self.subjects = tuple(str(subject) for subject in subjects)


class Trace:
    """Every step of a run, one line each."""

    def __init__(self) -> None:
        self.step = 0
        self.lines: list[str] = []

    def note(self, instant: datetime, what: str) -> None:
        """Write a line down."""
        self.lines.append(f"{self.step:>4} {instant:%m-%d %H:%M:%S} {what}")

    def told(self, subjects: Iterable[str]) -> str:
        """Tell the lines that name a subject, then the last of all."""
        wanted = tuple(subjects)
        about = [
            line
            for line in self.lines[:-TOLD_MAX]
            if any(subject in line for subject in wanted)
        ]
        parts = []
        if about:
            parts += ["Earlier, about the same:", *about[-TOLD_MAX:]]
        return "\n".join([*parts, "The last steps:", *self.lines[-TOLD_MAX:]])
