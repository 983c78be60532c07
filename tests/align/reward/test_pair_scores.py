"""Held-out scores of a run that was cut off are taken up."""

import math
from pathlib import Path

from align.reward.pair_scores import KeptScores, PairScore

BATCH = [PairScore("a", 2.0, 1.5, cut=1), None, PairScore("b", 0.0, -1.0, is_tie=True)]


def test_scores_are_known_by_mode_and_batch(tmp_path: Path) -> None:
    path = tmp_path / "held_out.jsonl"
    kept = KeptScores(path)
    assert kept.of("critique", 0) is None
    kept.add("critique", 0, BATCH)
    kept.add("none", 0, [])
    again = KeptScores(path)
    assert again.of("critique", 0) == BATCH
    assert again.of("none", 0) == []
    assert again.of("none", 1) is None


def test_a_torn_last_line_is_scored_again(tmp_path: Path) -> None:
    path = tmp_path / "held_out.jsonl"
    KeptScores(path).add("none", 0, [PairScore("a", math.nan, math.inf)])
    with path.open("a") as file:
        file.write('{"mode": "none", "batch": 1, "sco')
    kept = KeptScores(path)
    assert kept.of("none", 1) is None
    kept.add("none", 1, BATCH)
    again = KeptScores(path)
    assert again.of("none", 1) == BATCH
    (first,) = again.of("none", 0) or []
    assert first is not None
    assert math.isnan(first.chosen)
    assert first.rejected == math.inf
