"""Only addresses of the public internet pass, through whatever wrapping they come."""

import pytest

from curate.media.public_address import checked_addresses, is_public, look_up
from curate.media.rules import MediumFaultError

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2002:7f00:1::1",
    "2002:a9fe:a9fe::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2001:db8::1",
    "3fff::1",
    "localhost",
    "",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_address_that_is_not_public_is_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "1.1.1.1",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
    ],
)
def test_public_address_passes(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(MediumFaultError) as caught:
        checked_addresses("pictures.example", ["1.1.1.1", "10.0.0.1"])
    assert caught.value.reason == "remote_not_allowed"
    assert "pictures.example is at 10.0.0.1" in caught.value.detail


def test_host_without_an_address_is_missing() -> None:
    with pytest.raises(MediumFaultError) as caught:
        checked_addresses("pictures.example", [])
    assert caught.value.reason == "missing_media"


def test_system_resolver_gives_each_address_once() -> None:
    found = look_up("localhost", 80)
    assert found
    assert len(found) == len(set(found))
    assert not any(is_public(address) for address in found)
