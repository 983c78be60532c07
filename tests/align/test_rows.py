"""An export's folder as rows: what cannot be trained on is refused before a model is loaded."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from align.rows import load_rows
from schemas.errors import AlignError
from schemas.pair import PreferencePair
from tests.support.pairs import build, pair, picture, user, written


def pairs_with(deltas: list[Any], source: str | None = "calibration") -> list[PreferencePair]:
    return [
        pair([user(f"How many, {n} ?")], delta=delta, delta_source=delta and source)
        for n, delta in enumerate(deltas)
    ]


def exported(folder: Path, pairs: list[PreferencePair], name: str = "trl") -> Path:
    written(name, build(folder, pairs), folder / "out")
    return folder / "out"


def rows_of(folder: Path, name: str = "trl") -> Any:
    return load_rows(folder, name, folder / "cache")


def with_columns(folder: Path, **columns: Any) -> None:
    """The training file with columns over those it has."""
    path = next(folder.glob("train-*.parquet"))
    table = pq.read_table(path)
    for name, values in columns.items():
        if name in table.column_names:
            table = table.drop_columns(name)
        table = table.append_column(name, pa.array(values))
    pq.write_table(table.replace_schema_metadata(None), path)


def test_splits_are_rows_to_learn_and_rows_held_out(tmp_path: Path) -> None:
    made = pairs_with([None] * 6)
    splits = ["train", "train", "train", "validation", "test", "test"]
    placed = [row.model_copy(update={"split": s}) for row, s in zip(made, splits, strict=True)]
    rows = rows_of(exported(tmp_path, placed))
    assert len(rows.train) == 3
    assert rows.held_out is not None
    assert len(rows.held_out) == 3
    assert rows.build_id
    assert not rows.left_out


def test_a_set_without_a_picture_is_one_of_texts(tmp_path: Path) -> None:
    rows = rows_of(exported(tmp_path / "texts", pairs_with([None] * 2)))
    assert not rows.shows_pictures
    assert "images" not in rows.train.column_names
    shown = [pair([user(0, "What ?")], [picture(tmp_path / "pictures" / "media", 1)])]
    rows = rows_of(exported(tmp_path / "pictures", [*shown, *pairs_with([None])]))
    assert rows.shows_pictures


def test_deltas_of_a_reward_model_or_a_calibration_are_taken(tmp_path: Path) -> None:
    for source in ("reward_model", "calibration"):
        out = exported(tmp_path / source, pairs_with(["0.25", None, "-1.5"], source))
        assert rows_of(out).train["delta"] == [0.25, None, -1.5]


def test_whole_numbers_are_refused_as_sums_of_ratings(tmp_path: Path) -> None:
    out = exported(tmp_path, pairs_with([str(n % 5 + 1) for n in range(12)]))
    with pytest.raises(AlignError, match="every delta is a whole number, as sums of ratings"):
        rows_of(out)


@pytest.mark.parametrize("source", [None, "margin_raw"])
def test_a_delta_that_is_no_reward_difference_is_refused(
    tmp_path: Path, source: str | None
) -> None:
    out = exported(tmp_path, pairs_with([None, "0.5"]))
    with_columns(out, delta_source=[None, source] if source else pa.nulls(2, pa.string()))
    with pytest.raises(AlignError, match=r"row 1: delta 0\.5 is by .*not by a reward model"):
        rows_of(out)


def test_another_format_is_told_with_the_command_that_writes_it(tmp_path: Path) -> None:
    out = exported(tmp_path, pairs_with([None]), "trl-reward")
    with pytest.raises(AlignError, match=r"as 'trl-reward', not as 'trl'.*--format trl"):
        rows_of(out)


@pytest.mark.parametrize("text", ["", "[", "[]", '{"format": 3}', "[" * 100_000])
def test_a_folder_without_a_record_that_can_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "export.json").write_text(text)
    with pytest.raises(AlignError, match=r"export\.json"):
        rows_of(tmp_path)
    with pytest.raises(AlignError, match="no export"):
        rows_of(tmp_path / "nowhere")


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    out = exported(tmp_path, pairs_with([None]))
    path = next(out.glob("train-*.parquet"))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(AlignError, match="train files cannot be read"):
        rows_of(out)


def test_an_export_without_training_rows_is_told(tmp_path: Path) -> None:
    out = exported(tmp_path, [pairs_with([None])[0].model_copy(update={"split": "test"})])
    record = json.loads((out / "export.json").read_text())
    assert record["splits"] == {"train": 0, "validation": 0, "test": 1}
    with pytest.raises(AlignError, match="no rows in the training split"):
        rows_of(out)


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    out = exported(tmp_path, pairs_with([None]))
    path = next(out.glob("train-*.parquet"))
    pq.write_table(pq.read_table(path).drop_columns("rejected"), path)
    with pytest.raises(AlignError, match="no column 'rejected'"):
        rows_of(out)
