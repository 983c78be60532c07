"""Win rates out of AlpacaEval's leaderboards."""

from pathlib import Path

import pytest

from align.evaluation.alpaca_eval_scores import read_scores
from schemas.errors import AlignError

BOARD = (
    ",win_rate,standard_error,n_wins,n_wins_base,n_draws,n_total,discrete_win_rate,mode,"
    "avg_length,length_controlled_winrate,lc_standard_error\n"
    "other,50.0,1.76,400,400,5,805,50.0,minimal,1500,50.0,0.5\n"
    "dpo-1,61.5,1.7,495,310,0,805,61.49,community,1872,58.25,0.3\n"
)
FIRST = ",win_rate,standard_error,n_wins,n_wins_base,n_draws,n_total\ndpo-1,86.4,1.2,1,1,0,2\n"


def board(folder: Path, text: str = BOARD, annotator: str = "weighted") -> Path:
    path = folder / annotator / "leaderboard.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return folder


def test_win_rates_are_those_of_the_leaderboard(tmp_path: Path) -> None:
    (found,) = read_scores(board(tmp_path), "dpo-1")
    assert (found.win_rate, found.win_rate_stderr, found.n) == (61.5, 1.7, 805)
    assert (found.length_controlled_win_rate, found.length_controlled_stderr) == (58.25, 0.3)
    assert (found.annotator, found.mean_length) == ("weighted", 1872)


def test_version_1_has_no_length_control(tmp_path: Path) -> None:
    board(tmp_path)
    scores = read_scores(board(tmp_path, FIRST, "alpaca_eval_gpt4"), "dpo-1")
    assert [score.annotator for score in scores] == ["alpaca_eval_gpt4", "weighted"]
    assert (scores[0].win_rate, scores[0].length_controlled_win_rate) == (86.4, None)


def test_a_model_that_is_not_judged_is_said(tmp_path: Path) -> None:
    with pytest.raises(AlignError, match=r"no leaderboard\.csv with a row of 'dpo-2'"):
        read_scores(board(tmp_path), "dpo-2")
    with pytest.raises(AlignError, match="judge the outputs first"):
        read_scores(tmp_path / "gone", "dpo-1")


def test_a_number_that_is_none_is_null(tmp_path: Path) -> None:
    (found,) = read_scores(board(tmp_path, ",win_rate\ndpo-1,many\n"), "dpo-1")
    assert (found.win_rate, found.n) == (None, None)


def test_a_broken_leaderboard_is_said(tmp_path: Path) -> None:
    (board(tmp_path) / "weighted" / "leaderboard.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(AlignError, match="no leaderboard"):
        read_scores(tmp_path, "dpo-1")
