"""By which addresses and names other machines reach this one."""

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path

IPV4_ROUTES = Path("/proc/self/net/fib_trie")
IPV6_ADDRESSES = Path("/proc/self/net/if_inet6")
SOMEWHERE = ("192.0.2.1", 9)
"""An address of no one (RFC 5737); asking for the way there sends nothing."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def own_addresses() -> list[str]:
    """List the machine's addresses that others can reach, the likeliest first.

    Empty without a network. Link-local addresses of IPv6 are left out: a browser
    cannot be given one.
    """
    found = [*_towards_others(), *_ipv4_of_kernel(), *_ipv6_of_kernel(), *_by_name()]
    addresses = dict.fromkeys(map(ipaddress.ip_address, found))
    return [str(one) for one in addresses if _is_reachable(one)]


def own_names() -> list[str]:
    """List the machine's host names: as it calls itself, and as mDNS says it."""
    host = socket.gethostname().lower()
    first = host.partition(".")[0]
    return list(dict.fromkeys([host, f"{first}.local"])) if first else []


def is_loopback(host: str) -> bool:
    """Say whether only this machine itself can reach a listening address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_reachable(address: Address) -> bool:
    is_odd = address.is_loopback or address.is_unspecified or address.is_multicast
    return not is_odd and not (address.version == 6 and address.is_link_local)  # noqa: PLR2004  IPv6


def _towards_others() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
        except OSError:
            return
        yield probe.getsockname()[0]


def _ipv4_of_kernel() -> Iterator[str]:
    """Read Linux's routing table: an address of ours is a ``host LOCAL`` leaf."""
    if not IPV4_ROUTES.exists():
        return
    leaf = ""
    for line in IPV4_ROUTES.read_text().splitlines():
        if "|--" in line:
            leaf = line.split()[-1]
        elif "/32 host LOCAL" in line:
            yield leaf


def _ipv6_of_kernel() -> Iterator[str]:
    if not IPV6_ADDRESSES.exists():
        return
    for line in IPV6_ADDRESSES.read_text().splitlines():
        yield str(ipaddress.ip_address(bytes.fromhex(line.split()[0])))


def _by_name() -> Iterator[str]:
    """Ask the system what its own name stands for: all there is outside Linux."""
    if IPV4_ROUTES.exists():
        return
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return
    yield from (str(each[4][0]) for each in found)
