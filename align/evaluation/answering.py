"""Questions of texts, answered a batch at a time, for the benchmarks of text ability."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import TypeVar

from align.generate import Decoding, Turn, encode, write_answers
from align.loading import Loaded

T = TypeVar("T")


def text_answers(
    loaded: Loaded, conversations: Sequence[Sequence[Turn]], decoding: Decoding
) -> list[str]:
    """One answer to each conversation of a batch, outer space stripped.

    What is drawn follows the texts and the seed.
    """
    texts = json.dumps([[turn.role, *turn.parts] for one in conversations for turn in one])
    seed = int(hashlib.sha256(f"{decoding.seed}\n{texts}".encode()).hexdigest()[:16], 16) >> 1
    found = write_answers(loaded, encode(loaded, conversations), decoding, seed=seed)
    return [answers[0].text.strip() for answers in found]


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in their order, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
