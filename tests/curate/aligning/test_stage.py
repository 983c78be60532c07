"""What is said of a run's betas before its steps."""

from types import SimpleNamespace
from typing import Any

from align.settings_file import settings_of
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def notes_of(deltas: list[float | None], *overrides: str, recipe: str = "dpo") -> list[str]:
    from datasets import Dataset

    from curate.aligning.stage import notes

    asked: Any = SimpleNamespace(recipe=recipe, settings=settings_of(recipe, overrides=overrides))
    rows: Any = SimpleNamespace(train=Dataset.from_dict({"delta": deltas}))
    return notes(asked, rows)


def test_deltas_that_nearly_all_reach_the_bound_are_said_with_the_k_to_set() -> None:
    (line,) = notes_of([4.7, 5.0, 10.9])
    assert line == (
        "100% of the rows have a beta beyond 90% of the way to its bound 0.15, so that deltas "
        "hardly tell pairs apart (k = 0.5); with --set loss.k=0.14 the middle delta is half of the "
        "way"
    )
    assert notes_of([4.7, 5.0, 10.9], "loss.k=0.14") == []
    assert notes_of([1.0, None, 10.9]) == []


def test_a_set_without_deltas_has_one_beta() -> None:
    (line,) = notes_of([None, None])
    assert line.startswith("no pair has a delta, so beta is 0.1 for all")
    assert notes_of([None, None], "loss.w=0") == []
