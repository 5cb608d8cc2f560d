"""What this computer offers a phone that shall trust it."""

import hashlib
import plistlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

CERTIFICATE = "komek.crt"
FINGERPRINT_GROUP = 4


@dataclass(frozen=True, slots=True)
class Trust:
    """What a phone needs to know of the local authority.

    ``hosts`` asks for the addresses of the moment, the likeliest first: a store
    room's router may give another one after a power cut.
    """

    root_der: bytes
    root_name: str
    hosts: Callable[[], Sequence[str]]
    port: int
    plain_port: int

    def secure_address(self, host: str) -> str:
        """Give the address where people work."""
        return f"https://{_in_address(host)}:{self.port}"

    def plain_address(self, host: str) -> str:
        """Give the address where a phone begins."""
        return f"http://{_in_address(host)}:{self.plain_port}"

    def fingerprint(self) -> str:
        """Give the SHA-256 of the certificate in groups, for people to compare."""
        digits = hashlib.sha256(self.root_der).hexdigest().upper()
        step = FINGERPRINT_GROUP
        return " ".join(digits[at : at + step] for at in range(0, len(digits), step))

    def profile(self, name: str, purpose: str) -> bytes:
        """Give the profile by which an iPhone installs the certificate.

        Its ids follow from the certificate, so installing it again replaces it.
        """
        digest = hashlib.sha256(self.root_der).digest()
        return plistlib.dumps(
            {
                **_payload(digest[:16], "Configuration", name),
                "PayloadDescription": purpose,
                "PayloadContent": [
                    {
                        **_payload(digest[16:], "com.apple.security.root", name),
                        "PayloadCertificateFileName": CERTIFICATE,
                        "PayloadContent": self.root_der,
                    }
                ],
            }
        )


def _payload(digest: bytes, kind: str, name: str) -> dict[str, object]:
    return {
        "PayloadType": kind,
        "PayloadVersion": 1,
        "PayloadIdentifier": f"komek.{digest.hex()}",
        "PayloadUUID": str(UUID(bytes=digest)).upper(),
        "PayloadDisplayName": name,
    }


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
