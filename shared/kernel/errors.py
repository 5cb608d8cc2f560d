"""Refusals: what the business says no to, in words and in a stable code."""

from collections.abc import Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """A rule refuses; no change was made.

    ``code`` is snake case, published in docs/errors.md, never renamed.
    ``transient`` says whether the same wish may succeed later without anybody
    changing it (a message still on its way, stock that may yet arrive): a
    consumer retries such a refusal and parks every other.
    ``may_be_on_its_way`` says that another service may have said a moment ago what
    is missing here: a command waits a little before it refuses.
    The detail is one English sentence that names the item, the fact and the
    remedy; ``facts`` are its numbers and codes, for programs and translations.
    """

    code: ClassVar[str] = "refused"
    transient: ClassVar[bool] = False
    may_be_on_its_way: ClassVar[bool] = False

    def __init__(self, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts: Mapping[str, Any] = facts


class NotFoundError(DomainError):
    """Nothing of that name exists, or the caller may not know that it does."""

    code = "not_found"


class MalformedError(DomainError):
    """The wish itself is not well formed; asking again unchanged is useless."""

    code = "malformed"


class ForbiddenError(DomainError):
    """The caller is known and may not do this."""

    code = "forbidden"


class CommandIdReusedError(DomainError):
    """The same command id came with another body or from another account."""

    code = "command_id_reused"

    def __init__(self, command_id: object) -> None:
        super().__init__(
            f"Command {command_id} was already used for something else. "
            "Make a new id for a new command.",
            command_id=str(command_id),
        )
