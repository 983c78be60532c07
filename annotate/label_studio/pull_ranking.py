"""An annotation's order of the answers: tiers from places, from the verdict, or from a ranker.

An order is there whole or not at all: with an answer left out it says nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from annotate.label_studio import names
from annotate.label_studio.pull_about import About
from annotate.label_studio.pull_values import Controls
from schemas.event import Verdict

NOT_PLACED = "_"
BUCKETS = ("best", "good", "ok", "bad", "worst")
"""Buckets that need no number to be in order; a database may forget how a page listed them."""

Letters = tuple[str, ...]
"""Tiers, best first, each the letters in it."""


@dataclass(frozen=True, slots=True)
class Order:
    """`confirmed` is false for an order that may never have been touched."""

    tiers: Letters | None
    verdict: Verdict | None
    confirmed: bool = True


def order_of(controls: Controls, about: About) -> Order:
    """The order that was said, by letters; without one neither tiers nor a verdict of `ranked`."""
    word = controls.one(names.VERDICT)
    verdict = names.VERDICTS.get(word) if word is not None else None
    if word is not None and verdict is None:
        controls.fault("unknown_verdict")
    if verdict in {"tie", "all_good", "all_bad"}:
        controls.pass_over(names.place(letter) for letter in about.letters)
        return Order((about.letters,), verdict)
    placed = _placed(controls, about.letters)
    ranked, confirmed = _ranker(controls, about.letters)
    tiers, sure = (placed, True) if placed is not None else (ranked, confirmed)
    if tiers is None:
        return Order(None, None)
    return Order(tiers, "tie" if len(tiers) == 1 else "ranked", sure)


def _placed(controls: Controls, letters: str) -> Letters | None:
    """Tiers from the places pressed."""
    places = {letter: controls.one(names.place(letter)) for letter in letters}
    given = {letter: place for letter, place in places.items() if place is not None}
    if not given:
        return None
    known = {str(number + 1): number for number in range(len(letters))}
    if any(place not in known for place in given.values()):
        controls.fault("place_unknown")
        return None
    if len(given) < len(letters):
        controls.fault("place_missing")
        return None
    tiers = ["".join(it for it in letters if given[it] == place) for place in known]
    return tuple(tier for tier in tiers if tier)


def _ranker(controls: Controls, letters: str) -> tuple[Letters | None, bool]:
    """Tiers from a ranker, and whether somebody must have touched it.

    A ranker nobody touched is submitted in the order shown.
    """
    found = controls.rankers()
    if not found:
        return None, False
    lists = dict(found[0]) if isinstance(found[0], Mapping) else {}
    if len(found) > 1 or not lists or not _holds_each_once(lists, letters):
        controls.fault("unreadable_ranker")
        return None, False
    if len(lists) == 1:
        (order,) = lists.values()
        return tuple(order), "".join(order) != letters
    if lists.pop(NOT_PLACED, None):
        controls.fault("place_missing")
        return None, False
    try:
        ordered = sorted(lists, key=_bucket_place)
    except ValueError:
        controls.fault("unknown_bucket")
        return None, False
    tiers = ["".join(sorted(lists[name])) for name in ordered]
    return tuple(tier for tier in tiers if tier), True


def _holds_each_once(lists: Mapping[object, object], letters: str) -> bool:
    """Whether the lists hold every letter of the answers once and nothing else."""
    held: list[object] = []
    for name, items in lists.items():
        if not isinstance(name, str) or not isinstance(items, list):
            return False
        held += items
    return all(isinstance(it, str) for it in held) and sorted(map(str, held)) == list(letters)


def _bucket_place(name: str) -> int:
    """`tier_2` is 2, `best` is 0. Raises ValueError for a name without a place."""
    number = re.search(r"([0-9]{1,3})\Z", name)
    return int(number[1]) if number else BUCKETS.index(name)
