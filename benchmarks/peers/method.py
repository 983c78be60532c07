"""What every script of ratings to pairs has in common: the settings, and the pair's id and draw."""

import hashlib
from collections.abc import Iterable

WEIGHTED = ("helpfulness", "correctness", "coherence")
WIDEST = 12
"""The largest difference of two answers: three metrics from 0 to 4."""
MIN_MARGIN = 2
SEED = "0"
LEVELS = ("human", "judge")
"""People first: where one compared two answers, the judge does not count."""


def md5(text: str) -> str:
    """32 hex digits: the id of a pair, and with the seed before it the order of the draw."""
    return hashlib.md5(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def pair_ids(chosen: Iterable[str], rejected: Iterable[str]) -> list[str]:
    """The id of each pair: over the chosen and the rejected candidate_id."""
    return [md5(one + other) for one, other in zip(chosen, rejected, strict=True)]


def draws(ids: Iterable[str]) -> list[str]:
    """What orders a prompt's pairs for the one draw: the smallest is taken."""
    return [md5(SEED + pair_id) for pair_id in ids]
