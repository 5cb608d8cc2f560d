"""The store room's own certificate authority, kept in the data folder.

Phones give camera and offline pages only to addresses whose certificate they can
check. No public authority certifies ``192.168.1.20``, so this computer is its own:
a phone is told once to trust it. The root is made out for private addresses and
names of a local network only; not every phone looks at that limit in a root it was
given by hand, so its key is guarded all the same.
"""

import ipaddress
import os
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from deploy.certificates import (
    FOLDER,
    Pair,
    address_or_none,
    may_certify,
    names_of,
    read_pair,
    root_file_of,
    server_file_of,
)
from shared.kernel.clock import Clock

ROOT_DAYS = 3_650
LEAF_DAYS = 396
RENEW_DAYS = 30
SLOW_CLOCK = timedelta(days=1)
"""A phone whose clock is behind by less than a day still finds it begun."""

OWN_NETWORKS = (
    *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
    *("100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"),
)
OWN_DOMAINS = ("local", "localhost", "lan", "internal", "home.arpa")


class Authority:
    """Certifies the names of this computer; made at the first use.

    ``extra_names`` are certified though they are not private; a root that was made
    without them never will.
    """

    def __init__(self, data: Path, clock: Clock, extra_names: Sequence[str]) -> None:
        self._folder = data / FOLDER
        self._clock = clock
        self._extra_names = extra_names
        self.root = self._root()

    @property
    def root_file(self) -> Path:
        """Where the root's key and certificate are; back it up, show it nobody."""
        return root_file_of(self._folder.parent)

    @property
    def server_file(self) -> Path:
        """Where key and certificate of the listener are, for ``load_cert_chain``."""
        return server_file_of(self._folder.parent)

    def root_der(self) -> bytes:
        """Give the root's certificate as phones install it."""
        return self.root.certificate.public_bytes(serialization.Encoding.DER)

    def root_name(self) -> str:
        """Give the name phones list the root under."""
        name = self.root.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(name[0].value)

    def certify(self, names: Sequence[str]) -> bool:
        """See to a certificate for these names; False when it is there already.

        A new one is made when a name is new, when it ends within a month, or when
        it is not of this root. Names the root may not certify are left out.
        """
        wanted = [name for name in names if self.may_certify(name)]
        if self._is_good(wanted):
            return False
        pair = self._issued(wanted)
        _replace(self.server_file, pair.pem(self.root.certificate))
        return True

    def may_certify(self, name: str) -> bool:
        """Say whether phones would accept this name from this root."""
        return may_certify(self.root.certificate, name)

    def _is_good(self, names: Sequence[str]) -> bool:
        if not self.server_file.exists():
            return False
        try:
            pair = read_pair(self.server_file)
            pair.certificate.verify_directly_issued_by(self.root.certificate)
        except Exception:  # noqa: BLE001  whatever is wrong with it, a new one is right
            return False
        left = pair.ends_at - self._clock.now()
        is_fresh = timedelta(days=RENEW_DAYS) < left <= timedelta(days=LEAF_DAYS)
        return is_fresh and set(names) <= set(names_of(pair.certificate))

    def _root(self) -> Pair:
        """Read the root, or make it; of two processes at once the first one wins."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.root_file.exists():
            _write_once(self.root_file, self._new_root().pem())
        return read_pair(self.root_file)

    def _new_root(self) -> Pair:
        key = ec.generate_private_key(ec.SECP256R1())
        mark = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        name = _name(f"Komek {mark.digest.hex()[:4].upper()}")
        builder = (
            self._begun(name, name, key, ROOT_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(certifies=True), critical=True)
            .add_extension(mark, critical=False)
            # not critical: a phone too old to read them ignores them instead of
            # refusing us; every phone that can read them obeys
            .add_extension(
                x509.NameConstraints(self._permitted(), None), critical=False
            )
        )
        return Pair(key, builder.sign(key, hashes.SHA256()))

    def _permitted(self) -> list[x509.GeneralName]:
        extra = self._extra_names
        networks = [*OWN_NETWORKS, *filter(address_or_none, extra)]
        domains = [*OWN_DOMAINS, *(one for one in extra if not address_or_none(one))]
        return [
            *(x509.IPAddress(ipaddress.ip_network(one)) for one in networks),
            *(x509.DNSName(one) for one in dict.fromkeys(domains)),
        ]

    def _issued(self, names: Sequence[str]) -> Pair:
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self.root.certificate.subject
        mark = self.root.certificate.extensions.get_extension_for_class(
            x509.SubjectKeyIdentifier
        ).value
        builder = (
            self._begun(_name("Komek"), issuer, key, LEAF_DAYS)
            .add_extension(
                x509.SubjectAlternativeName([_general(name) for name in names]),
                critical=False,
            )
            .add_extension(
                x509.BasicConstraints(ca=False, path_length=None), critical=True
            )
            .add_extension(_usage(certifies=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(mark),
                critical=False,
            )
        )
        return Pair(key, builder.sign(self.root.key, hashes.SHA256()))

    def _begun(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        days: int,
    ) -> x509.CertificateBuilder:
        now = self._clock.now()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - SLOW_CLOCK)
            .not_valid_after(now + timedelta(days=days))
        )


def _general(name: str) -> x509.GeneralName:
    address = address_or_none(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


def _written(folder: Path, content: bytes) -> Path:
    """Write a new file that only its owner may read, down to the disk."""
    descriptor, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _write_once(file: Path, content: bytes) -> None:
    fresh = _written(file.parent, content)
    try:
        file.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _replace(file: Path, content: bytes) -> None:
    _written(file.parent, content).replace(file)
