"""Whether a host's addresses are all of the public internet, and the connection to one of them."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from curate.media.rules import MediumFaultError

CARRIES_IPV4 = tuple(IPv6Network(net) for net in ("64:ff9b::/96", "::/96"))
"""IPv6 networks whose last 32 bits are an IPv4 address: NAT64 and the old compatible form."""

NEVER = tuple(
    ip_network(net)
    for net in (
        "64:ff9b:1::/48",  # NAT64 of a network's own choice
        "100.64.0.0/10",  # shared by carriers; some clouds serve their metadata here
        "168.63.129.16/32",  # a cloud's own service on a public number
        "192.0.0.0/24",  # for protocols; some clouds serve their metadata here
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",  # benchmarks between devices
        "3fff::/20",  # for documents
        "5f00::/16",  # segment routing within a network
    )
)


def look_up(host: str, port: int) -> list[str]:
    """The host's addresses as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to exactly this address; nothing is looked up."""
    return socket.create_connection((address, port), timeout=seconds)


def checked_addresses(host: str, addresses: Sequence[str]) -> Sequence[str]:
    """The addresses, where every one is public. Raises MediumFaultError."""
    if not addresses:
        raise MediumFaultError("missing_media", f"{host} has no address")
    for address in addresses:
        if not is_public(address):
            raise MediumFaultError(
                "remote_not_allowed", f"{host} is at {address}, which is not a public address"
            )
    return addresses


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, seen through every IPv6 wrapping."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    inner = _inner(number)
    if inner is not None:
        return is_public(str(inner))
    barred = number.is_multicast or number.is_reserved or number.is_unspecified
    local = number.is_private or number.is_loopback or number.is_link_local
    listed = any(number in net for net in NEVER if net.version == number.version)
    return number.is_global and not (barred or local or listed)


def _inner(number: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one carries."""
    if isinstance(number, IPv4Address):
        return None
    if number.ipv4_mapped or number.sixtofour:
        return number.ipv4_mapped or number.sixtofour
    if number.teredo:
        return number.teredo[1]
    if any(number in net for net in CARRIES_IPV4):
        return IPv4Address(int(number) & 0xFFFFFFFF)
    return None
