"""The scores table: means per answer, metric, rubric and level, each rater speaking once."""

from typing import Any

from schemas.rubric import rubric_id_of
from tests.support.workspaces import Bench, five, rows

SHORT = {"rubric_id": rubric_id_of({"tone": (0, 10)})}


def tone(bench: Bench, answer: str = "a") -> dict[str, tuple[float, int, float]]:
    """level -> (value, n_raters, spread) of an answer's tone."""
    candidate_id = bench.candidates["q", answer].candidate_id
    return {row["level"]: _numbers(row) for row in rows(bench.build(), "scores")
            if row["candidate_id"] == candidate_id}  # fmt: skip


def _numbers(row: dict[str, Any]) -> tuple[float, int, float]:
    return float(row["value"]), row["n_raters"], float(row["spread"])


def _rate(bench: Bench, rater: str, score: float, answer: str = "a", **event: Any) -> None:
    bench.vote("q", rater, {answer: {"tone": score}}, **SHORT, **event)


def test_a_score_is_the_mean_over_raters_with_their_spread(bench: Bench) -> None:
    """4 and 8: mean 6, population deviation 2."""
    bench.prompt("q", "a", "b")
    _rate(bench, "human:anna", 4)
    _rate(bench, "human:ben", 8)
    assert tone(bench) == {"human": (6.0, 2, 2.0)}


def test_levels_are_apart_and_reward_models_are_no_level(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    _rate(bench, "human:anna", 4)
    _rate(bench, "judge:gemini", 7)
    _rate(bench, "source:set", 9)
    _rate(bench, "reward_model:rm", 10)
    assert tone(bench) == {"human": (4, 1, 0), "judge": (7, 1, 0), "source": (9, 1, 0)}


def test_a_rater_with_several_events_speaks_once(bench: Bench) -> None:
    """The judge says 2, 2 and 8 in three samples (mean 4), another says 8: 6 over two raters."""
    bench.prompt("q", "a", "b")
    for sample, score in enumerate([2, 2, 8]):
        _rate(bench, "judge:one", score, sample=sample)
    _rate(bench, "judge:two", 8)
    assert tone(bench) == {"judge": (6.0, 2, 2.0)}


def test_the_same_rating_told_twice_counts_once(bench: Bench) -> None:
    """One pointwise event says 4 twice, sample 1 says 8: the mean is 6, not 16/3."""
    bench.prompt("q", "a", "b")
    _rate(bench, "judge:one", 4)
    _rate(bench, "judge:one", 4)
    _rate(bench, "judge:one", 8, sample=1)
    assert tone(bench) == {"judge": (6.0, 1, 0.0)}


def test_a_copys_scores_count_for_its_survivor(bench: Bench) -> None:
    """Anna scored the answer, ben its copy with a trailing blank: 6 over two raters."""
    bench.prompt("q", "a", "a ", "b")
    _rate(bench, "human:anna", 4)
    _rate(bench, "human:ben", 8, "a ")
    found = rows(bench.build(), "scores")
    assert [_numbers(row) for row in found] == [(6.0, 2, 2.0)]


def test_a_rater_who_scored_both_copies_in_one_call_speaks_once(bench: Bench) -> None:
    """One call gives both copies 4, the next gives 8: 6, not (4 + 4 + 8) / 3."""
    bench.prompt("q", "a", "a ", "b")
    bench.vote("q", "judge:one", {"a": {"tone": 4.0}, "a ": {"tone": 4.0}}, **SHORT)
    bench.vote("q", "judge:one", {"a": {"tone": 8.0}, "b": {"tone": 1.0}}, **SHORT)
    found = rows(bench.build(), "scores")
    assert sorted(_numbers(row) for row in found) == [(1.0, 1, 0.0), (6.0, 1, 0.0)]


def test_a_pair_shows_the_scores_of_the_level_that_decided_it(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": five(9), "b": five(6)})
    bench.vote("q", "judge:gemini", {"a": five(12), "b": five(0)})
    (row,) = rows(bench.build(), "pairs")
    assert float(row["chosen_scores"]["helpfulness"]) == 3.0
    assert float(row["rejected_scores"]["helpfulness"]) == 2.0
