"""Passwords are proved, never kept."""

import secrets
from collections.abc import Callable
from typing import Any, Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from shared.identity.errors import WeakPasswordError

PASSWORD_CHARS_MIN = 10
PASSWORD_CHARS_MAX = 1024
MEMORY_KIBIBYTES = 19_456
"""OWASP's smaller argon2id setting: 20 signing in at once take 380 MB, not 1.3 GB."""

GENERATED_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that look alike on a label written by hand."""


class Runner(Protocol):
    """Calls a function somewhere it does not hold up the other green threads."""

    def __call__(self, function: Callable[..., Any], /, *arguments: Any) -> Any: ...


def call_here(function: Callable[..., Any], /, *arguments: Any) -> Any:
    """Run at once in this thread: for commands and tests."""
    return function(*arguments)


class Passwords:
    """Hashes and verifies with argon2id, about 20 ms of one core each."""

    def __init__(self, run: Runner = call_here) -> None:
        self._run = run
        self._hasher = PasswordHasher(
            time_cost=2, memory_cost=MEMORY_KIBIBYTES, parallelism=1
        )
        self._nobody: str | None = None

    def hashed(self, password: str) -> str:
        """Give the salted hash to store."""
        return str(self._run(self._hasher.hash, password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Compare; takes the same time when there is no such account."""
        if len(password) > PASSWORD_CHARS_MAX:
            return False
        known = stored or self._hash_of_nobody()
        fits = bool(self._run(self._verify, known, password))
        return fits and stored is not None

    def _hash_of_nobody(self) -> str:
        if self._nobody is None:
            self._nobody = self.hashed(secrets.token_hex())
        return self._nobody

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerifyMismatchError, InvalidHashError, UnicodeEncodeError):
            return False


def check_strength(password: str) -> None:
    """Refuse what a person should not choose; raises WeakPasswordError."""
    if not PASSWORD_CHARS_MIN <= len(password) <= PASSWORD_CHARS_MAX:
        raise WeakPasswordError(PASSWORD_CHARS_MIN)


def generated_password() -> str:
    """Make a password of 79 bits that can be read out over the telephone."""
    groups = (
        "".join(secrets.choice(GENERATED_LETTERS) for _ in range(4)) for _ in range(4)
    )
    return "-".join(groups)
