"""How often the preferred answer has the higher reward."""

import math
from pathlib import Path
from typing import Any

import pytest

from tests.support.rewards import encoder, reward_model, row, rows
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def test_accuracy_counts_pairs_and_prompts_and_holds_ties_apart() -> None:
    from align.reward.accuracy import summed_up
    from align.reward.pair_scores import PairScore

    scores = [
        PairScore("a", 2.0, 1.0),
        PairScore("a", 1.0, 0.5, cut=1),
        PairScore("a", 3.0, 0.0),
        PairScore("b", 1.0, 0.0),
        PairScore("b", 1.0, 1.0),
        PairScore("c", 1.0, 0.25, is_tie=True),
    ]
    found = summed_up(scores, left_out=2)
    assert (found.pairs, found.prompts, found.ties) == (5, 2, 1)
    assert (found.reward.acc.value, found.reward.acc_plus.value) == (0.8, 0.5)
    assert found.tie_difference == pytest.approx(0.75)
    assert (found.reward.unscored, found.cut, found.left_out) == (0, 1, 2)


@pytest.mark.parametrize("chosen", [math.nan, math.inf])
def test_a_reward_that_is_no_number_is_wrong_and_counted(chosen: float) -> None:
    from align.reward.accuracy import summed_up
    from align.reward.pair_scores import PairScore

    found = summed_up([PairScore("a", chosen, 0.0), PairScore("b", chosen, 0.0, is_tie=True)])
    assert (found.reward.acc.value, found.reward.unscored) == (0.0, 1)
    assert found.tie_difference is None


def test_without_pairs_there_is_no_accuracy() -> None:
    from align.reward.accuracy import summed_up
    from align.reward.pair_scores import PairScore

    found = summed_up([PairScore("a", 1.0, 1.0, is_tie=True)])
    assert (found.reward.acc.value, found.reward.acc_plus.value) == (None, None)


def test_rows_without_both_critiques_are_left_out_where_critiques_are_given() -> None:
    from align.reward.accuracy import held_out_accuracy
    from align.reward.scoring import Scorer

    model, processor = reward_model("llava")
    given = Scorer(model, encoder(model, processor), "given", batch_size=3)
    found = held_out_accuracy(given, rows())
    assert (found.pairs, found.ties, found.left_out) == (1, 1, 2)
    none = held_out_accuracy(Scorer(model, encoder(model, processor), "none"), [*rows(), row()])
    assert (none.pairs, none.ties, none.left_out) == (4, 1, 0)


def test_batches_that_were_scored_before_are_not_scored_again(tmp_path: Path) -> None:
    from align.reward.accuracy import held_out_accuracy
    from align.reward.pair_scores import KeptScores
    from align.reward.scoring import Scorer

    model, processor = reward_model("llava")
    scorer = Scorer(model, encoder(model, processor), "given", batch_size=2)
    path = tmp_path / "held_out.jsonl"
    moved: list[int] = []

    def advance(count: int, *_: Any) -> None:
        moved.append(count)

    whole = held_out_accuracy(scorer, rows(), KeptScores(path), advance)
    lines = path.read_text().splitlines()
    assert (moved, len(lines)) == ([2, 2], 2)
    path.write_text(f"{lines[0]}\n")
    assert held_out_accuracy(scorer, rows(), KeptScores(path)) == whole
    assert path.read_text().splitlines() == lines
    path.write_text(path.read_text().replace('"is_tie": true', '"is_tie": false'))
    assert held_out_accuracy(scorer, rows(), KeptScores(path)).ties == 0
    assert held_out_accuracy(scorer, rows()) == whole
