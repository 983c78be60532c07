"""Chance that is the same on every machine: drawn from a hash of what it is drawn for."""

from collections.abc import Iterable
from hashlib import sha256
from typing import TypeVar

SEED = "pairwright-sample-1"
Item = TypeVar("Item")


def share(*names: object) -> float:
    """A number from 0 up to 1 that depends on the names only."""
    digest = sha256("\n".join([SEED, *map(str, names)]).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def shuffled(items: Iterable[Item], *names: object) -> list[Item]:
    """The items in an order that depends on the names only."""
    numbered = list(enumerate(items))
    return [item for number, item in sorted(numbered, key=lambda one: share(*names, one[0]))]
