"""Near prompts: what ties them to one split, and which are one asked twice (DESIGN 5.7, 5.8)."""

from curate.engines.duckdb import DuckDBEngine
from curate.kernels.shingles import TOKEN_SETS
from curate.near.texts import compare_texts, link_near_texts

NEAR_IDENTICAL = 0.9
INFORMATIVE_TOKENS = 13
MOST_CLUSTERS = 5
COMMON_GROUPS = 5
"""A word in more groups of near prompts than these, and in one of a hundred, says little."""

TEXT = """
array_to_string(
    list_transform(
        raw_prompts.messages,
        lambda message: array_to_string(
            list_transform(message.parts, lambda part: coalesce(part.text, '')), ' '
        )
    ),
    ' '
)
"""
"""All that is said in a prompt, its turns one after the other."""

PROMPTS = f"""
select
    prompt_keys.prompt_no::bigint as doc_no,
    0::bigint as scope,
    {TEXT} as text
from raw_prompts
join prompt_keys using (prompt_id, pull)
"""

PROMPTS_BY_MEDIA = f"""
select
    prompt_keys.prompt_no::bigint as doc_no,
    scopes.scope,
    {TEXT} as text
from raw_prompts
join prompt_keys using (prompt_id, pull)
join scopes using (prompt_no)
"""


def group_prompts(engine: DuckDBEngine) -> None:
    """Leave `prompt_groups` (node_no, label): prompts whose texts are near-identical."""
    link_near_texts(engine, PROMPTS, NEAR_IDENTICAL)
    engine.rename("near_labels", "prompt_groups")


def tie_near_prompts(engine: DuckDBEngine) -> None:
    """Leave `text_ties` (prompt_no, tie): near-identical prompts whose text is telling.

    Reads `clusters` (prompt_no, cluster) and `prompt_groups`.
    """
    engine.values |= {
        "informative_tokens": INFORMATIVE_TOKENS,
        "most_clusters": MOST_CLUSTERS,
        "common_groups": COMMON_GROUPS,
    }
    if not engine.count("prompt_groups"):
        engine.run("near_prompts/no_text_ties", "text_ties")
        return
    engine.define("near_texts", PROMPTS)
    engine.map("near_prompts/token_rows", TOKEN_SETS, "token_sets")
    for name in ("common_tokens", "informative", "text_ties"):
        engine.run(f"near_prompts/{name}")
    engine.drop("token_sets", "common_tokens", "informative")


def drop_near_prompts(engine: DuckDBEngine, threshold: float) -> None:
    """Add to `lost_prompts` the prompts that ask nearly what another asks of the same media.

    Reads `clusters`, `live_events` and `candidate_keys`.
    """
    engine.run("near_prompts/scopes")
    link_near_texts(engine, PROMPTS_BY_MEDIA, threshold)
    engine.run("near_prompts/near_prompt_losses")
    lost = "select prompt_no as one_no, survivor_no as other_no from near_prompt_losses"
    compare_texts(engine, PROMPTS_BY_MEDIA, lost)
    engine.append("near_prompts/lost_prompts")
