"""Near answers to one prompt: dropped only onto one that no rater tells them from (DESIGN 5.7).

A near copy with one wrong fact is the best of negatives; so where raters tell two near answers
apart, or both have votes and nobody compared them, both stay.
"""

from curate.engines.base import Engine
from curate.near.texts import compare_texts, link_near_texts
from curate.sqlfiles import statement


def drop_near_answers(engine: Engine, threshold: float) -> None:
    """Leave `near_losses`, and `survivors` with what is dropped onto whom, exact copies too.

    Reads what the exact dedupe left. `answer_labels` (node_no, label) and `answer_sketches` keep
    the groups and the sets of words.
    """
    engine.view("near_answers/answer_texts")
    link_near_texts(engine, "answer_texts", threshold)
    engine.run("near_answers/copies")
    engine.run("dedupe/told_apart")
    engine.append("near_answers/told_apart")
    engine.run("dedupe/survivors", "near_survivors")
    lost = "select candidate_no as one_no, survivor_no as other_no from near_survivors"
    compare_texts(engine, lost)
    engine.run("near_answers/near_losses")
    engine.run("near_answers/all_survivors")
    engine.rename("all_survivors", "survivors")
    engine.rename("near_labels", "answer_labels")
    engine.rename("near_sketches", "answer_sketches")


def measure_pairs(engine: Engine) -> None:
    """Leave `pair_similarity` (pair_id, similarity): of pairs and ties whose answers are near.

    Reads what `drop_near_answers` left.
    """
    compare_texts(engine, statement("near_pairs/likely_pairs"), "answer_sketches")
    engine.run("near_pairs/pair_similarity")
