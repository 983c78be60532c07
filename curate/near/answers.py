"""Near answers to one prompt: dropped only onto one that no rater tells them from (DESIGN 5.7).

A near copy with one wrong fact is the best of negatives; so where raters tell two near answers
apart, or both have votes and nobody compared them, both stay.
"""

from curate.engines.duckdb import DuckDBEngine
from curate.near.texts import compare_texts, link_near_texts

ANSWERS = """
select
    candidate_keys.candidate_no as doc_no,
    candidate_keys.prompt_no as scope,
    raw_candidates.response as text
from raw_candidates
join candidate_keys using (candidate_id, pull)
"""
"""Every answer once, its prompt as its scope."""

NEAR_PAIRS = """
select distinct
    kept_pairs.chosen_no as one_no,
    kept_pairs.rejected_no as other_no
from kept_pairs
join answer_labels as chosen
    on chosen.node_no = kept_pairs.chosen_no
join answer_labels as rejected
    on rejected.node_no = kept_pairs.rejected_no
    and rejected.label = chosen.label
"""


def drop_near_answers(engine: DuckDBEngine, threshold: float) -> None:
    """Leave `near_losses`, and `survivors` with what is dropped onto whom, exact copies too.

    Reads what the exact dedupe left. `answer_labels` (node_no, label) keeps the groups.
    """
    unique = f"{ANSWERS} anti join survivors using (candidate_no)"
    link_near_texts(engine, unique, threshold)
    engine.run("near_answers/copies")
    engine.run("dedupe/told_apart")
    engine.append("near_answers/told_apart")
    engine.run("dedupe/survivors", "near_survivors")
    lost = "select candidate_no as one_no, survivor_no as other_no from near_survivors"
    compare_texts(engine, unique, lost)
    engine.run("near_answers/near_losses")
    engine.run("near_answers/all_survivors")
    engine.rename("all_survivors", "survivors")
    engine.rename("near_labels", "answer_labels")


def measure_pairs(engine: DuckDBEngine) -> None:
    """Leave `pair_similarity` (pair_id, similarity): of pairs and ties whose answers are near.

    Reads what `drop_near_answers` left.
    """
    compare_texts(engine, ANSWERS, NEAR_PAIRS)
    engine.run("near_pairs/pair_similarity")
