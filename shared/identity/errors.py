"""What signing in and keeping accounts refuse, and why."""

from shared.kernel.errors import DomainError


class WrongCredentialsError(DomainError):
    """E-mail and password do not belong together; which of them is not said."""

    code = "wrong_credentials"

    def __init__(self) -> None:
        super().__init__(
            "The e-mail and password do not match. Check the keyboard language "
            "and try again, or ask an administrator for a new password."
        )


class TooManyAttemptsError(DomainError):
    """One address was tried too often; waiting is the only cure."""

    code = "too_many_attempts"
    transient = True

    def __init__(self, retry_after_seconds: int) -> None:
        minutes = -(-retry_after_seconds // 60)
        super().__init__(
            f"Too many attempts for this e-mail. Try again in {minutes} minutes.",
            retry_after_seconds=retry_after_seconds,
            minutes=minutes,
        )


class AccountExistsError(DomainError):
    """An address names one account for good, disabled or not."""

    code = "account_exists"

    def __init__(self, email: str) -> None:
        super().__init__(
            f"There is already an account for {email}. Reset its password instead.",
            email=email,
        )


class WeakPasswordError(DomainError):
    """The password can be guessed before the throttle stops the guesser."""

    code = "weak_password"

    def __init__(self, chars_min: int) -> None:
        super().__init__(
            f"A password has at least {chars_min} characters. Take a longer one; "
            "four unrelated words do well.",
            chars_min=chars_min,
        )
