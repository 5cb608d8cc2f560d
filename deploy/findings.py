"""What ``komek doctor`` finds about phones, mail and who may read the data."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE

from deploy.certificates import (
    AuthorityUnreadableError,
    may_certify,
    names_of,
    read_pair,
    root_file_of,
    server_file_of,
)
from deploy.settings import Settings
from shared.kernel.clock import Clock
from shared.mail.settings import MailSettings
from shared.mail.smtp import WrongMailUrlError

OTHERS = 0o077
ROOT_DAYS_MIN = 90
MAIL_SECONDS_MAX = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what to do if not."""

    what: str
    is_well: bool
    remedy: str = ""


def privacy(data: Path) -> Iterator[Finding]:
    """Look whether others on this machine can read the data or a key."""
    keys = (root_file_of(data), server_file_of(data))
    for path, mode in ((data, "700"), *((key, "600") for key in keys)):
        if path.exists():
            is_private = not S_IMODE(path.stat().st_mode) & OTHERS
            yield Finding(
                f"{path} is for its owner alone", is_private, f"chmod {mode} {path}"
            )


def certificates(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Look at the root and the certificate that phones see; make neither."""
    root_file = root_file_of(settings.data)
    if not root_file.exists():
        yield Finding(
            "certificate: none yet; made when phones are let in", is_well=True
        )
        return
    try:
        yield from _certificates(settings, clock)
    except AuthorityUnreadableError as problem:
        yield Finding("certificate can be read", is_well=False, remedy=str(problem))


def _certificates(settings: Settings, clock: Clock) -> Iterator[Finding]:
    root = read_pair(root_file_of(settings.data)).certificate
    left = root.not_valid_after_utc - clock.now()
    yield Finding(
        f"root certificate: {left.days} days left",
        left > timedelta(days=ROOT_DAYS_MIN),
        "Remove the folder tls of the data folder, start again, and let every phone "
        "install the new root.",
    )
    host = settings.public_host
    if host:
        yield Finding(
            f"root certificate may certify {host}",
            may_certify(root, host),
            "It was made before KOMEK_PUBLIC_HOST was set. Remove the folder tls of "
            "the data folder, start again, and let every phone install the new root.",
        )
    yield _leaf(settings.data, clock)


def _leaf(data: Path, clock: Clock) -> Finding:
    remedy = "Start `komek up`: it makes a new one by itself."
    if not server_file_of(data).exists():
        return Finding("certificate: missing", is_well=False, remedy=remedy)
    leaf = read_pair(server_file_of(data)).certificate
    left = leaf.not_valid_after_utc - clock.now()
    good_for = ", ".join(names_of(leaf))
    what = f"certificate: {left.days} days left, good for {good_for}"
    return Finding(what, left > timedelta(0), remedy)


def mail() -> Finding:
    """Look whether letters can be handed to somebody."""
    try:
        settings = MailSettings.from_environment()
    except WrongMailUrlError as problem:
        return Finding("mail settings can be read", is_well=False, remedy=str(problem))
    if settings is None:
        return Finding("mail: not set up, alerts are on the pages only", is_well=True)
    server = settings.server
    return Finding(
        f"mail server {server.host}:{server.port} answers",
        _answers(server.host, server.port),
        "Check KOMEK_SMTP_URL, and whether this machine may connect there.",
    )


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), MAIL_SECONDS_MAX).close()
    except OSError:
        return False
    return True
