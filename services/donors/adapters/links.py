"""Links in letters that need no signing in: signed, so that nobody makes one up."""

import hmac

from services.donors.adapters.telling_tables import secrets
from shared.database.database import Database
from shared.database.installation import installation_key

KEY_NAME = "unsubscribe_key"


class Tokens:
    """Makes and checks the part of a link that names a donor and one purpose.

    The purpose says what the link does and of when it is, so that the link of an old
    letter does not end or begin what was chosen anew. It is signed, not written out.
    """

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def of(self, donor_code: str, purpose: str) -> str:
        """Give a token that fits in an address."""
        return f"{donor_code}.{self._signed(donor_code, purpose)}"

    def donor_in(self, token: str) -> str:
        """Give the donor a token speaks of, before it is checked."""
        return token.rpartition(".")[0]

    def is_true(self, token: str, purpose: str) -> bool:
        """Tell whether we made this token for that purpose."""
        donor_code, _, signature = token.rpartition(".")
        made = self._signed(donor_code, purpose)
        return hmac.compare_digest(made.encode(), signature.encode())

    def _signed(self, donor_code: str, purpose: str) -> str:
        said = f"{donor_code} {purpose}".encode()
        return hmac.new(self._key, said, "sha256").hexdigest()


def tokens(database: Database, given: str | None) -> Tokens:
    """Give the signer of this installation: key as set, else made once, kept here."""
    return Tokens(installation_key(database, secrets, KEY_NAME, given))
