from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.exporting import choices_of, export
from curate.workspace import Workspace
from export.base import Choices
from schemas.config import ExportSection
from schemas.errors import ExportError, NotBuiltYetError, WorkspaceError
from tests.support.cli import curate
from tests.support.pairs import LINES, SHARDED
from tests.support.workspaces import Bench

SINGLE = ("best-of-n", "rejection-sampling", "steerlm", "helpsteer", "sft", "votes")


def test_the_formats_of_the_config_are_written_where_none_is_named(built: Bench) -> None:
    workspace = Workspace.open(built.root, ['export.formats=["parquet", "native"]'])
    assert list(export(workspace, (), None)) == ["parquet", "native"]


def test_a_format_named_twice_is_written_once(built: Bench, tmp_path: Path) -> None:
    found = export(Workspace.open(built.root), ["trl", "trl"], tmp_path / "out")
    assert found["trl"].path == tmp_path / "out" / "trl"
    assert found["trl"].rows == 1


@pytest.mark.parametrize("name", [*SHARDED, *LINES, "trl-reward", "trl-kto", "best-of-n"])
def test_a_format_is_written_from_a_build(built: Bench, tmp_path: Path, name: str) -> None:
    (found,) = export(Workspace.open(built.root), [name], tmp_path).values()
    assert (found.rows, dict(found.refused)) == (2 if name == "trl-kto" else 1, {})
    assert all((tmp_path / name / file).stat().st_size for file in found.files)


def test_a_reward_margin_asked_for_is_written(built: Bench, tmp_path: Path) -> None:
    asked = ("--format", "trl-reward", "--reward-margin", "--out", tmp_path)
    assert curate("export", "-C", built.root, *asked).code == 0
    (row,) = pq.read_table(tmp_path / "trl-reward" / "train-00000-of-00001.parquet").to_pylist()
    assert row["margin"] == 0.75


def test_the_choices_of_a_format_are_those_of_the_config() -> None:
    section = ExportSection(k=2.0, reward_margin=True, threshold=9.5)
    assert choices_of(section) == Choices(2.0, reward_margin=True, threshold=Decimal("9.5"))
    assert choices_of(ExportSection()) == Choices()


def test_an_unknown_format_is_named_before_anything_is_written(
    built: Bench, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match="'trll' unknown; did you mean 'trl'"):
        export(Workspace.open(built.root), ["parquet", "trll"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_a_build_there_is_nothing_to_export(bench: Bench) -> None:
    bench.prompt("How many?", "Three.")
    with pytest.raises(WorkspaceError, match="no build yet; run: curate build"):
        export(bench.write(), ["trl"], None)


def test_native_needs_no_build(bench: Bench) -> None:
    bench.prompt("How many?", "Three.")
    assert export(bench.write(), ["native"], None)["native"].rows == 1


def test_a_folder_that_is_not_ours_is_left_alone(built: Bench, tmp_path: Path) -> None:
    (tmp_path / "out" / "trl").mkdir(parents=True)
    (tmp_path / "out" / "trl" / "mine.txt").write_text("mine", "utf-8")
    ran = curate("export", "--format", "trl", "--out", tmp_path / "out", "-C", built.root)
    assert ran.code == 1
    assert (tmp_path / "out" / "trl" / "mine.txt").read_text("utf-8") == "mine"


def test_verify_is_refused_until_it_is_there(built: Bench) -> None:
    with pytest.raises(NotBuiltYetError, match="--verify is not there yet"):
        export(Workspace.open(built.root), ["trl"], None, verify=True)


def test_the_object_has_the_keys_of_the_contract(built: Bench) -> None:
    found = curate("export", "--format", "trl", "-C", built.root, "--json").json["formats"]["trl"]
    assert found.keys() == {"path", "rows", "files", "refused", "verified", "warnings"}
    assert found["verified"] is None


def test_single_answers_of_a_build_are_written(built: Bench, tmp_path: Path) -> None:
    """Two answers by one person: one of full marks, no reference; the person is no hash."""
    found = export(Workspace.open(built.root), SINGLE, tmp_path / "out")
    assert {name: (it.rows, it.refused) for name, it in found.items()} == {
        "best-of-n": (1, {}),
        "rejection-sampling": (1, {}),
        "steerlm": (2, {}),
        "helpsteer": (2, {}),
        "sft": (0, {}),
        "votes": (0, {"personal_rater": 2}),
    }
    assert found["sft"].warnings == (
        "1 prompts have no reference answer in their source and were not taken",
    )


def test_the_threshold_is_an_option(built: Bench, tmp_path: Path) -> None:
    asked = ("--format", "best-of-n", "--out", tmp_path / "out", "-C", built.root, "--json")
    assert curate("export", *asked).json["formats"]["best-of-n"]["rows"] == 1
    found = curate("export", *asked, "--threshold", "12.5").json["formats"]["best-of-n"]
    assert (found["rows"], found["refused"]) == (0, {"below_threshold": 1})


def test_ties_of_a_build_without_a_pair_are_written(bench: Bench, tmp_path: Path) -> None:
    bench.sums("How many cups?", {"Three.": 6, "Two.": 6})
    bench.build()
    found = export(Workspace.open(bench.root), ["critique-reward"], tmp_path / "out")
    assert found["critique-reward"].rows == 1
