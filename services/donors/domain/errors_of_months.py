"""What is refused about freezing a month, and why."""

from datetime import date

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


def _said(month: date) -> str:
    return month.strftime("%Y-%m")


class NothingToFreezeError(NotFoundError):
    """No delivery is known, so no month can be told."""

    code = "nothing_to_freeze"

    def __init__(self) -> None:
        super().__init__(
            "Nothing has been handed over yet. Come back after the first delivery."
        )


class UnknownMonthError(NotFoundError):
    """A month is not frozen, so there is no snapshot of it."""

    code = "unknown_month"

    def __init__(self, month: str) -> None:
        super().__init__(
            f"The month {month} is not frozen. Choose one from the list.", month=month
        )


class MonthTooYoungError(DomainError):
    """A month is told only thirty days after its end (DOMAIN.md 5.3, point 6)."""

    code = "month_too_young"

    def __init__(self, month: date, from_day: date) -> None:
        super().__init__(
            f"The month {_said(month)} may be frozen from {from_day.isoformat()} on. "
            "Wait until then.",
            month=_said(month),
            from_day=from_day.isoformat(),
        )


class MonthOutOfOrderError(DomainError):
    """Months are frozen one after the other."""

    code = "month_out_of_order"

    def __init__(self, month: date, due: date) -> None:
        super().__init__(
            f"The month {_said(month)} cannot be frozen before {_said(due)}. "
            f"Freeze {_said(due)} first.",
            month=_said(month),
            due=_said(due),
        )


class MonthAlreadyFrozenError(DomainError):
    """A frozen month stays as it is; what changed is told in the next one."""

    code = "month_already_frozen"

    def __init__(self, month: date) -> None:
        super().__init__(
            f"The month {_said(month)} is frozen already. "
            "What changed since will stand in the next month.",
            month=_said(month),
        )


class MonthChangedError(DomainError):
    """Something was heard after the preview, so other lines would be told."""

    code = "month_changed"

    def __init__(self, month: date) -> None:
        super().__init__(
            f"The lines of {_said(month)} are not as they were shown any more. "
            "Look at them again, then freeze.",
            month=_said(month),
        )


class ThresholdTooLowError(MalformedError):
    """A told line rests on at least five people, whatever is wished."""

    code = "threshold_too_low"

    def __init__(self, threshold: int) -> None:
        super().__init__(
            f"A threshold of {threshold} people is out of range. "
            "Choose a number from 5 to 1000.",
            threshold=threshold,
        )
