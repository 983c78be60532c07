"""DESIGN 5.7: near answers to a prompt leave only onto one that no rater tells them from."""

from typing import Any

import pytest

from tests.support.workspaces import Bench, five, outcome, rows

NEAR = "dedupe.response_jaccard=0.7"
ALL = ("pairs.policy=all-ranked", "pairs.min_margin=0")

LONG = "Three red cups are on the old wooden table beside the window and a blue plate is under them"
NEARLY = LONG.replace("blue", "green")
ALMOST = LONG.replace("window", "door")
OTHER = "Nothing of the kind can be seen in this picture of a street at night with two parked cars"


def near_losses(report: Any) -> dict[str, tuple[str, float]]:
    """What left as a near copy: its id, and the id it lost to with the similarity."""
    return {
        row["id"]: (row["other_id"], row["score"])
        for row in rows(report, "dropped")
        if row["reason"] == "near_duplicate"
    }


def ids(bench: Bench, *texts: str) -> list[str]:
    return [bench.candidates["q", text].candidate_id for text in texts]


def test_a_near_copy_that_nobody_voted_on_leaves_and_names_what_it_lost_to(bench: Bench) -> None:
    bench.prompt("q", LONG, NEARLY, OTHER)
    bench.vote("q", scores={LONG: five(9), OTHER: five(5)})
    report = bench.build(NEAR, *ALL)
    kept, lost = ids(bench, LONG, NEARLY)
    ((found, (other, similarity)),) = near_losses(report).items()
    assert (found, other) == (lost, kept)
    assert 0.7 <= similarity < 1
    assert outcome(report) == {(LONG, OTHER)}


def test_without_the_setting_no_near_copy_leaves(bench: Bench) -> None:
    bench.prompt("q", LONG, NEARLY)
    assert near_losses(bench.build(*ALL)) == {}


def test_near_copies_that_a_rater_tells_apart_make_a_pair_with_their_similarity(
    bench: Bench,
) -> None:
    bench.prompt("q", LONG, NEARLY, OTHER)
    bench.vote("q", scores={LONG: five(9), NEARLY: five(7), OTHER: five(3)})
    report = bench.build(NEAR, *ALL)
    assert near_losses(report) == {}
    similar = {(row["chosen"], row["rejected"]): row["similarity"] for row in rows(report, "pairs")}
    assert 0.7 <= similar[LONG, NEARLY] < 1
    assert similar[LONG, OTHER] is None


def test_a_ranking_tells_near_copies_apart_too(bench: Bench) -> None:
    bench.prompt("q", LONG, NEARLY)
    bench.vote("q", tiers=[[NEARLY], [LONG]])
    report = bench.build(NEAR, *ALL)
    assert near_losses(report) == {}
    assert outcome(report) == {(NEARLY, LONG)}


def test_near_copies_that_a_rater_holds_equal_are_one_and_their_votes_join(bench: Bench) -> None:
    bench.prompt("q", LONG, NEARLY, OTHER)
    bench.vote("q", "human:anna", {LONG: five(9), NEARLY: five(9), OTHER: five(3)})
    bench.vote("q", "human:ben", {NEARLY: five(9), OTHER: five(7)})
    report = bench.build(NEAR, *ALL)
    assert len(near_losses(report)) == 1
    (row,) = rows(report, "pairs")
    assert (row["n_raters"], row["margin_raw"]) == (2, 4.0)


def test_near_copies_with_votes_that_nobody_compared_both_stay(bench: Bench) -> None:
    bench.prompt("q", LONG, NEARLY, OTHER)
    bench.vote("q", "human:anna", {LONG: five(9), OTHER: five(3)})
    bench.vote("q", "human:ben", {NEARLY: five(2), OTHER: five(5)})
    report = bench.build(NEAR, *ALL)
    assert near_losses(report) == {}
    assert outcome(report) == {(LONG, OTHER), (OTHER, NEARLY)}


def test_an_exact_copy_of_a_near_copy_goes_where_that_one_went(bench: Bench) -> None:
    bench.prompt("q", LONG, NEARLY, f"{NEARLY} ", OTHER)
    bench.vote("q", "human:anna", {LONG: five(9), OTHER: five(3)})
    report = bench.build(NEAR, *ALL)
    (kept,) = ids(bench, LONG)
    lost = {
        row["id"]: row["other_id"] for row in rows(report, "dropped") if row["step"] == "dedupe"
    }
    assert lost == dict.fromkeys(ids(bench, NEARLY, f"{NEARLY} "), kept)


def test_a_rater_of_an_exact_copy_speaks_for_the_answer(bench: Bench) -> None:
    """Anna tells the copy of one from the other, so the near answers stay apart."""
    bench.prompt("q", LONG, f"{LONG} ", NEARLY)
    bench.vote("q", "human:anna", {f"{LONG} ": five(9), NEARLY: five(5)})
    report = bench.build(NEAR, *ALL)
    assert near_losses(report) == {}
    assert len(rows(report, "pairs")) == 1


def test_a_chain_of_near_copies_has_one_survivor(bench: Bench) -> None:
    bench.prompt("q", LONG, NEARLY, ALMOST)
    bench.vote("q", scores={LONG: five(9), NEARLY: five(9), ALMOST: five(9)})
    assert len({other for other, _ in near_losses(bench.build(NEAR, *ALL)).values()}) == 1


def test_near_answers_to_different_prompts_stay(bench: Bench) -> None:
    bench.prompt("q", LONG, OTHER)
    bench.prompt("p", NEARLY, OTHER)
    assert near_losses(bench.build(NEAR, *ALL)) == {}


@pytest.mark.parametrize("threshold", ["0.95", "1"])
def test_a_threshold_above_their_similarity_keeps_both(bench: Bench, threshold: str) -> None:
    bench.prompt("q", LONG, NEARLY)
    assert near_losses(bench.build(f"dedupe.response_jaccard={threshold}", *ALL)) == {}
