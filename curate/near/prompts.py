"""Near prompts: what ties them to one split, and which are one asked twice (DESIGN 5.7, 5.8)."""

from curate.engines.base import Engine
from curate.kernels.shingles import TOKEN_SETS
from curate.near.texts import compare_texts, link_near_texts

NEAR_IDENTICAL = 0.9
INFORMATIVE_TOKENS = 13
MOST_CLUSTERS = 5
COMMON_GROUPS = 5
"""A word in more groups of near prompts than these, and in one of a hundred, says little."""


def group_prompts(engine: Engine) -> None:
    """Leave `prompt_groups` (node_no, label): prompts whose texts are near-identical.

    Their sets of words stay in `prompt_sketches`.
    """
    engine.view("near_prompts/prompt_texts")
    link_near_texts(engine, "prompt_texts", NEAR_IDENTICAL)
    engine.rename("near_labels", "prompt_groups")
    engine.rename("near_sketches", "prompt_sketches")


def find_common_items(engine: Engine, items: str) -> None:
    """Leave `common_items` (item): those of `items` (doc_no, items) in many groups of prompts."""
    engine.values["common_groups"] = COMMON_GROUPS
    engine.define("item_sets", items)
    engine.run("near_prompts/common_items")


def tie_near_prompts(engine: Engine) -> None:
    """Leave `text_ties` (prompt_no, tie): near-identical prompts whose text is telling.

    Reads `clusters` (prompt_no, cluster) and `prompt_groups`.
    """
    engine.values |= {
        "informative_tokens": INFORMATIVE_TOKENS,
        "most_clusters": MOST_CLUSTERS,
    }
    if not engine.count("prompt_groups"):
        engine.run("near_prompts/no_text_ties", "text_ties")
        return
    engine.define("near_texts", "select doc_no, scope, text from prompt_texts")
    engine.map("near/text_rows", TOKEN_SETS, "token_sets")
    find_common_items(engine, "select doc_no, tokens as items from token_sets")
    engine.run("near_prompts/informative")
    engine.run("near_prompts/text_ties")
    engine.drop("token_sets", "common_items", "informative")


def drop_near_prompts(engine: Engine, threshold: float) -> None:
    """Add to `lost_prompts` the prompts that ask nearly what another asks of the same media.

    Reads `clusters`, `live_events` and `candidate_keys`.
    """
    engine.run("near_prompts/scopes")
    engine.view("near_prompts/prompt_texts")
    engine.view("near_prompts/shown_texts")
    link_near_texts(engine, "shown_texts", threshold)
    engine.run("near_prompts/near_prompt_losses")
    lost = "select prompt_no as one_no, survivor_no as other_no from near_prompt_losses"
    compare_texts(engine, lost)
    engine.append("near_prompts/lost_prompts")
