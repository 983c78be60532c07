"""Which rows a fold's model learns from."""

from pathlib import Path
from typing import Any

import pytest

from schemas.errors import AlignError
from tests.support.rewards import dataset, row
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def given(folder: Path) -> Any:
    from align.rows import Rows

    made = dataset([row(f"Question {n}?", component=f"{n:032x}") for n in range(5)])
    return Rows(folder, "critique-reward", "build", made, None)


def numbers(rows: Any) -> list[int]:
    return [int(it, 16) for it in rows["component"]]


def test_each_component_is_kept_from_the_model_of_its_own_fold(tmp_path: Path) -> None:
    from align.reward.folds import rows_of_fold

    learned, kept_from = rows_of_fold(given(tmp_path), 1, 2)
    assert (numbers(learned.train), numbers(kept_from)) == ([0, 2, 4], [1, 3])


def test_rows_that_were_left_out_before_are_not_counted_among_them(tmp_path: Path) -> None:
    from dataclasses import replace

    from align.reward.folds import rows_of_fold

    rows = given(tmp_path)
    fewer = replace(rows, train=rows.train.select([1, 2, 3]))
    learned, kept_from = rows_of_fold(fewer, 1, 2)
    assert (numbers(learned.train), numbers(kept_from)) == ([2], [1, 3])


def test_a_fold_with_nothing_to_learn_from_is_refused(tmp_path: Path) -> None:
    from dataclasses import replace

    from align.reward.folds import rows_of_fold

    rows = given(tmp_path)
    with pytest.raises(AlignError, match="fold 1 of 2 has no rows"):
        rows_of_fold(replace(rows, train=rows.train.select([1, 3])), 1, 2)


def test_rows_that_name_no_component_cannot_be_folded(tmp_path: Path) -> None:
    from dataclasses import replace

    from align.reward.folds import rows_of_fold

    rows = given(tmp_path)
    with pytest.raises(AlignError, match="without their leakage component"):
        rows_of_fold(replace(rows, train=rows.train.remove_columns("component")), 0, 2)
