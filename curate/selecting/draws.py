"""Draws by seed: a prompt's number says where it stands, whatever the order of the rows."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


def numbers_of(prompt_ids: Iterable[str], seed: int) -> "Array":
    """A number for each prompt (uint64): the head of sha256("select:<seed>:<prompt_id>").

    It is not the one the overlap is drawn by (annotate/overlap.py), or the overlap among selected
    prompts would be no uniform draw.
    """
    import numpy as np

    start = hashlib.sha256(f"select:{seed}:".encode())
    heads = bytearray()
    for prompt_id in prompt_ids:
        digest = start.copy()
        digest.update(prompt_id.encode())
        heads += digest.digest()[:8]
    return np.frombuffer(bytes(heads), ">u8").astype(np.uint64)


def even_parts(count: int, sizes: "Array", numbers: "Array") -> "Array":
    """How many to draw of each group (int64): equally many, or all of a group that has fewer.

    What small groups cannot give is shared among the others (water-filling), so parts differ by one
    at most unless a group is exhausted. What is left over goes, one each, to the groups with the
    smallest `numbers`.
    """
    import numpy as np

    sizes = np.asarray(sizes, np.int64)
    level = _level(count, sizes)
    parts = np.minimum(sizes, level)
    larger = np.flatnonzero(sizes > level)
    order = larger[np.lexsort((larger, numbers[larger]))]
    parts[order[: max(0, count - int(parts.sum()))]] += 1
    found: Array = parts
    return found


def _level(count: int, sizes: "Array") -> int:
    """The greatest level at which groups filled up to it hold no more than `count` together."""
    low, high = 0, int(sizes.max(initial=0))
    while low < high:
        middle = (low + high + 1) // 2
        if int(sizes.clip(max=middle).sum()) <= count:
            low = middle
        else:
            high = middle - 1
    return low
