"""The choice itself: what each task type should give, drawn from the type's prompts.

Values in, values out. Within a type the prompts fall into strata by what is known of them: those
with a vector (or votes, or answers) go by the draw, the others by chance, each in its share. So a
prompt of which nothing is known is neither lost nor favoured.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.selecting.shares import apportioned, wanted_by_type
from curate.selecting.strata import DRAWS, Known, Picked

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """What one task type gave: of `there` prompts `wanted`, in `picked` by stratum."""

    task_type: str
    there: int
    wanted: int
    picked: tuple[Picked, ...]

    @property
    def taken(self) -> int:
        """How many prompts it gave."""
        return sum(len(stratum.places) for stratum in self.picked)


def choose(
    by_type: Mapping[str, "Array"], count: int, ratio: Mapping[str, float], known: Known
) -> list[TypeChoice]:
    """What each type gives of `count` prompts, by type.

    A type with fewer prompts than it should give gives all, and nothing is filled in for it.
    """
    there = {name: len(places) for name, places in by_type.items()}
    wanted = wanted_by_type(count, there, ratio)
    return [_of_type(name, by_type.get(name), wanted[name], known) for name in sorted(wanted)]


def _of_type(name: str, places: "Array | None", wanted: int, known: Known) -> TypeChoice:
    if places is None:
        return TypeChoice(name, 0, wanted, ())
    strata = {basis: places[known.bases[places] == basis] for basis in DRAWS}
    filled = {basis: found for basis, found in strata.items() if len(found)}
    parts = apportioned(min(wanted, len(places)), [len(found) for found in filled.values()])
    picked = [
        DRAWS[basis](found, part, known)
        for (basis, found), part in zip(filled.items(), parts, strict=True)
    ]
    return TypeChoice(name, len(places), wanted, tuple(picked))
