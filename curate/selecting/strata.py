"""Draws from one stratum of a task type: prompts of which the same kind of thing is known.

Values in, values out; every draw is by seeded numbers, and what stands equal goes by the ids.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from curate.console import Advance, no_bar
from curate.selecting.draws import even_parts
from curate.selecting.farthest import farthest_first
from schemas.select import Basis

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

MOST_PRODUCTS = 2 * 10**11
"""Multiplications of a farthest-first draw, about a minute; a larger one looks at fewer prompts."""

NO_CLUSTER = -1
UNSCORED = -1


@dataclass(frozen=True, slots=True)
class Known:
    """What a draw goes by, one value a prompt: the seeded number, and what the draw needs.

    `bases` says by what each prompt is drawn. `scores` are in millionths. `advance` moves a bar
    over the prompts that a slow draw takes.
    """

    numbers: "Array"
    bases: "Array"
    clusters: "Array | None" = None
    matrix: "Array | None" = None
    scores: "Array | None" = None
    advance: Advance = no_bar


@dataclass(frozen=True, slots=True)
class Picked:
    """Prompts taken from one stratum, in their order; `looked_at` is how many were candidates.

    `clusters` are NO_CLUSTER, `scores` and `probabilities` (in millionths) UNSCORED where none is.
    """

    basis: Basis
    places: "Array"
    clusters: "Array"
    scores: "Array"
    probabilities: "Array"
    there: int
    looked_at: int


def _from_clusters(places: "Array", count: int, known: Known) -> Picked:
    """Equally many of each cluster, in rounds of one of each."""
    import numpy as np

    assert known.clusters is not None  # noqa: S101 - whoever says "cluster" gives them
    clusters, numbers = known.clusters[places], known.numbers[places]
    order = np.lexsort((places, numbers, clusters))
    labels, firsts, sizes = np.unique(clusters[order], return_index=True, return_counts=True)
    parts = even_parts(count, sizes, numbers[order][firsts])
    rounds = np.arange(len(order)) - np.repeat(firsts, sizes)
    taken = rounds < np.repeat(parts, sizes)
    chosen = order[taken]
    chosen = chosen[np.lexsort((numbers[chosen], rounds[taken]))]
    group = np.searchsorted(labels, clusters[chosen])
    return Picked(
        basis="cluster",
        places=places[chosen],
        clusters=clusters[chosen],
        scores=np.full(len(chosen), UNSCORED),
        probabilities=parts[group] * 1_000_000 // sizes[group],
        there=len(places),
        looked_at=len(places),
    )


def _farthest(places: "Array", count: int, known: Known) -> Picked:
    """Farthest first, from the prompt with the smallest number on."""
    import numpy as np

    assert known.matrix is not None  # noqa: S101 - whoever says "distance" gives it
    products = known.matrix.shape[1] * max(count, 1)
    most = max(2 * count, MOST_PRODUCTS // products, 1)
    seen = places
    if len(places) > most:
        seen = np.sort(places[np.lexsort((places, known.numbers[places]))[:most]])
    first = int(np.lexsort((seen, known.numbers[seen]))[0])
    taken, apart = farthest_first(known.matrix[seen], count, first, known.advance)
    scores = np.where(np.isnan(apart), UNSCORED, np.rint(apart * 1_000_000))
    return _picked("distance", seen[taken], len(places), scores, looked_at=len(seen))


def _greatest(basis: Basis) -> "Callable[[Array, int, Known], Picked]":
    def draw(places: "Array", count: int, known: Known) -> Picked:
        import numpy as np

        assert known.scores is not None  # noqa: S101 - whoever gives this basis gives them
        scores = known.scores[places]
        order = np.lexsort((places, known.numbers[places], -scores))[:count]
        return _picked(basis, places[order], len(places), scores[order])

    return draw


def _by_chance(places: "Array", count: int, known: Known) -> Picked:
    import numpy as np

    order = np.lexsort((places, known.numbers[places]))[:count]
    found = _picked("chance", places[order], len(places), np.full(len(order), UNSCORED))
    return replace(found, probabilities=found.scores * 0 + count * 1_000_000 // len(places))


def _picked(
    basis: Basis, places: "Array", there: int, scores: "Array", looked_at: int | None = None
) -> Picked:
    import numpy as np

    return Picked(
        basis=basis,
        places=places,
        clusters=np.full(len(places), NO_CLUSTER),
        scores=scores.astype(np.int64),
        probabilities=np.full(len(places), UNSCORED),
        there=there,
        looked_at=there if looked_at is None else looked_at,
    )


DRAWS: "Mapping[str, Callable[[Array, int, Known], Picked]]" = {
    "cluster": _from_clusters,
    "distance": _farthest,
    "votes": _greatest("votes"),
    "answers": _greatest("answers"),
    "chance": _by_chance,
}
