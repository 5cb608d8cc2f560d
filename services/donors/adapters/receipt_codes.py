"""The code on a receipt that opens its gift without an account."""

import base64
import hmac

from services.donors.adapters.telling_tables import secrets
from shared.database.database import Database
from shared.database.installation import installation_key

KEY_NAME = "receipt_key"
CODE_BYTES = 10
PART = 4
SAID_ALOUD = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)
"""From the signs of base 32 to those of Crockford, which are not mistaken."""

MISTAKEN = str.maketrans("OIL", "011")


class ReceiptCodes:
    """Makes and checks codes: of 80 bits, so that guessing is hopeless.

    A code is worked out from the receipt's number and kept nowhere.
    """

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def of(self, receipt_number: str) -> str:
        """Give the code in fours, in letters and digits that are not mistaken."""
        made = self._made(receipt_number)
        return "-".join(made[at : at + PART] for at in range(0, len(made), PART))

    def is_true(self, receipt_number: str, code: str) -> bool:
        """Tell whether a code, however it was typed, belongs to a receipt."""
        typed = "".join(sign for sign in code.upper() if sign.isalnum())
        made = self._made(receipt_number)
        return hmac.compare_digest(made.encode(), typed.translate(MISTAKEN).encode())

    def _made(self, receipt_number: str) -> str:
        signed = hmac.new(self._key, f"receipt {receipt_number}".encode(), "sha256")
        made = base64.b32encode(signed.digest()[:CODE_BYTES]).decode()
        return made.translate(SAID_ALOUD)


def receipt_codes(database: Database) -> ReceiptCodes:
    """Give the codes of this installation; their key is made once and kept here."""
    return ReceiptCodes(installation_key(database, secrets, KEY_NAME, None))
