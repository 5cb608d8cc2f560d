"""Whose work something was, as short as people sign it."""

from collections.abc import Callable

from shared.web.parts import parts


def initials() -> Callable[[str | None], str]:
    """Give what turns an account id into initials; unknown ones are a dash."""
    accounts = parts().identity.accounts()
    known = {
        str(one.account_id): initials_of(one.profile.display_name) for one in accounts
    }
    return lambda account_id: known.get(account_id or "", "–")


def initials_of(name: str) -> str:
    """Shorten a name as people do who sign a card: ``Aida B. Kenes`` is ``ABK``."""
    return "".join(part[0].upper() for part in name.split())
