"""What is said of reward models after training and scoring: chance, and what to do next."""

import json
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from curate.aligning.chance import at_chance, chance_warning
from curate.aligning.reward_text import GIVEN, show_reward
from curate.aligning.score_text import UNUSED, show_scores
from curate.console import Console
from schemas.event import Rater
from schemas.intervals import Proportion


def measured(right: int, pairs: int) -> dict[str, Any]:
    """The accuracy of so many pairs, one a prompt."""
    share = Proportion.of(right, pairs).model_dump()
    reward = {"acc_by_prompt": share, "acc_plus": share}
    return {"pairs": pairs, "prompts": pairs, "ties": 0, "tie_difference": None, "reward": reward}


def part(fold: int | None, **accuracy: dict[str, Any]) -> dict[str, Any]:
    return {"fold": fold, "steps": 2, "seconds": 1.0, "accuracy": accuracy}


@pytest.mark.parametrize(
    ("right", "pairs", "found"),
    [
        (50, 100, ["ACC 0.500, 95 % 0.404 to 0.596"]),
        (59, 100, ["ACC 0.590, 95 % 0.492 to 0.681"]),
        (60, 100, []),
        (0, 0, []),
    ],
)
def test_a_model_is_at_chance_where_its_interval_is_not_above_a_half(
    right: int, pairs: int, found: list[str]
) -> None:
    result = part(None, critique=measured(right, pairs))
    assert at_chance(result, "critique") == found
    assert at_chance(result, "none") == []


def test_each_fold_at_chance_is_named() -> None:
    folds = [part(fold, none=measured(right, 100)) for fold, right in enumerate((50, 90, 52))]
    (line,) = chance_warning({"folds": folds}, "none")
    assert line == (
        "without critiques not shown to be better than chance on held-out pairs (fold 0: ACC "
        "0.500, 95 % 0.404 to 0.596; fold 2: ACC 0.520, 95 % 0.423 to 0.615): such a model's "
        "deltas mean nothing"
    )


def test_a_trained_model_at_chance_is_said_with_what_the_raters_row_measures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = part(None, critique=measured(50, 100), given=measured(74, 100), none=measured(80, 100))
    record = {"model": "tiny", "rows": 9, "left_out": {}, "result": result}
    asked: Any = SimpleNamespace(folds=1, folder=Path("work/runs/reward-1"))
    outcome: Any = SimpleNamespace(record=record, unchanged=False)
    show_reward(Console(), asked, outcome, Path("work"))
    said = capsys.readouterr()
    assert said.out.splitlines()[-2:] == [
        GIVEN,
        f"In {asked.folder}/model. Score answers with: curate align score {asked.folder} -C work",
    ]
    (warning,) = said.err.splitlines()
    assert warning.startswith("warning: after its own critiques not shown to be better than chance")


@pytest.mark.parametrize(("right", "warnings"), [(50, 1), (90, 0)])
def test_scores_of_a_model_at_chance_are_told_with_how_not_to_use_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], right: int, warnings: int
) -> None:
    result = part(None, none=measured(right, 100))
    (tmp_path / "run.json").write_text(json.dumps({"result": result}))
    rater = Rater(kind="reward_model", id="reward-1", version="0" * 32)
    run: Any = SimpleNamespace(folder=tmp_path, mode="none", rater=rater)
    report: Any = SimpleNamespace(
        path=Path("work/annotations/reward-1.jsonl"),
        prompts=2,
        scored=4,
        cached=0,
        cut=0,
        claims=Counter(),
        failed=Counter(),
        left_out=Counter(),
    )
    show_scores(Console(), run, report, Path("work"))
    said = capsys.readouterr()
    assert said.out.splitlines()[-2:] == [
        f"In {report.path}. They give pairs their delta with: curate build -C work",
        UNUSED,
    ]
    assert said.err.count("not shown to be better than chance") == warnings
