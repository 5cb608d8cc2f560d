"""Certificates and keys as files: where they are and what they are good for."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

FOLDER = "tls"


class AuthorityUnreadableError(Exception):
    """A file of the authority is damaged; its text names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A private key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def ends_at(self) -> datetime:
        """The last instant at which it is valid."""
        return self.certificate.not_valid_after_utc

    def pem(self, *chain: x509.Certificate) -> bytes:
        """Give key and certificates as one file, so that they change together."""
        certificates = (self.certificate, *chain)
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ) + b"".join(
            one.public_bytes(serialization.Encoding.PEM) for one in certificates
        )


def root_file_of(data: Path) -> Path:
    """Give the place of the root below a data folder."""
    return data / FOLDER / "authority.pem"


def server_file_of(data: Path) -> Path:
    """Give the place of the listener's certificate below a data folder."""
    return data / FOLDER / "server.pem"


def read_pair(file: Path) -> Pair:
    """Read key and certificate; raises AuthorityUnreadableError."""
    try:
        content = file.read_bytes()
        key = serialization.load_pem_private_key(content, None)
        certificate = x509.load_pem_x509_certificates(content)[0]
    except (OSError, ValueError) as problem:
        raise AuthorityUnreadableError(
            f"{file} cannot be read ({problem}). Restore it from a backup, or remove "
            "it and install the new certificate on every phone."
        ) from problem
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AuthorityUnreadableError(f"{file} holds no key of ours. Remove it.")
    return Pair(key, certificate)


def names_of(certificate: x509.Certificate) -> list[str]:
    """List the addresses and host names a certificate is good for."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return [str(one.value) for one in names.value]


def may_certify(root: x509.Certificate, name: str) -> bool:
    """Say whether a root's constraints permit an address or a host name."""
    constraints = root.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = [one.value for one in constraints.permitted_subtrees or ()]
    address = address_or_none(name)
    if address is not None:
        networks = [one for one in permitted if not isinstance(one, str)]
        return any(address in network for network in networks)
    domains = [one for one in permitted if isinstance(one, str)]
    return any(name == one or name.endswith("." + one) for one in domains)


def address_or_none(
    name: str,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address; None for a host name."""
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
