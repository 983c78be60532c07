"""Near texts: groups of texts that are joined by a Jaccard similarity of word trigrams.

Keys propose pairs and exact sets decide. In a first round a text is held against the one that
stands for most of the keys it shares, which joins families of any size; in a second, texts that
share keys and are in different groups still are held against each other.
"""

from math import comb

from curate.components import components
from curate.engines.base import Engine
from curate.kernels.jaccard import JACCARD
from curate.kernels.shingles import sketches

COMMON_KEY = 64
"""A key that more texts have proposes no pairs of all of them."""

SHARED_KEYS = 2
BATCH = 2_000
"""Texts or pairs at a time: sets of words are wide rows."""

FIRST_ROUND = ("first_pairs",)
SECOND_ROUND = ("labelled_keys", "rare_pairs", "common_pairs", "second_pairs")
"""Statements of a round; the last gives the pairs to compare."""

MISSED = 0.002
MOST_KEYS = 64


def link_near_texts(engine: Engine, texts: str, threshold: float) -> None:
    """Leave `near_edges` (one_no, other_no, similarity) and `near_labels` (node_no, label).

    `texts` has doc_no, scope and text; texts of different scopes are never compared. An edge joins
    two texts with a similarity of `threshold` or more, and enough edges are there for a label to be
    a connected component of all such pairs, but for one pair in 500 that keys miss. The texts' sets
    of words stay in `near_sketches`.
    """
    engine.define("near_texts", f"select doc_no, scope, text from {texts}")
    engine.values |= {
        "common_key": COMMON_KEY,
        "shared_keys": SHARED_KEYS,
        "near_millionths": round(threshold * 1_000_000),
    }
    engine.map("near/text_rows", sketches(keys_for(threshold)), "near_sketches", BATCH)
    for name in ("near_twins", "near_singles", "near_keys"):
        engine.run(f"near/{name}")
    engine.run("near/twin_edges", "near_edges")
    for statements in (FIRST_ROUND, SECOND_ROUND):
        for name in statements:
            engine.run(f"near/{name}")
        _join(engine, statements[-1])
    engine.drop("near_keys", "near_singles", "near_compared", *FIRST_ROUND, *SECOND_ROUND)


def _join(engine: Engine, pairs: str) -> None:
    """Add the edges among these pairs, and find the groups anew."""
    compare_texts(engine, f"select one_no, other_no from {pairs}")
    engine.append("near/near_edges")
    components(engine, "near_edges", "near_labels")


def compare_texts(engine: Engine, pairs: str, sketched: str = "near_sketches") -> None:
    """Leave `near_compared` (one_no, other_no, n_shared, n_either): how near these pairs are.

    `pairs` is a SELECT of one_no and other_no, `sketched` the table that a link left.
    """
    engine.define("near_pairs", pairs)
    engine.define("compared_sets", f"select doc_no, shingles from {sketched}")
    engine.map("near/compared_rows", JACCARD, "near_compared", BATCH)


def keys_for(threshold: float) -> int:
    """The size of a sketch at which two texts as near as `threshold` share two keys but for MISSED.

    Of the smallest k numbers of both sets together each is shared with a chance of the similarity.
    """
    for keys in range(SHARED_KEYS, MOST_KEYS):
        missed = sum(
            comb(keys, shared) * threshold**shared * (1 - threshold) ** (keys - shared)
            for shared in range(SHARED_KEYS)
        )
        if missed <= MISSED:
            return keys
    return MOST_KEYS
