import os
import signal
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.exporting import choices_of, export
from curate.workspace import Workspace
from export.base import Choices
from export.verify.base import Verdict
from schemas.config import ExportSection
from schemas.errors import ExportError, WorkspaceError
from tests.support.cli import curate, start
from tests.support.pairs import LINES, SHARDED
from tests.support.waiting import gone, until
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


def test_an_export_is_verified_where_it_is_asked_for(built: Bench) -> None:
    asked = ("export", "--format", "parquet", "-C", built.root, "--verify")
    ran = curate(*asked, "--json")
    found = ran.json["formats"]["parquet"]
    assert found["verified"] is True
    assert [it.keys() for it in found["verdicts"]] == [
        {"by", "verified", "rows", "checked", "detail"}
    ]
    assert found["verdicts"][0]["rows"] == 1
    assert "  verified by datasets " in curate(*asked).out


def test_a_trainer_that_is_not_installed_verifies_nothing(built: Bench) -> None:
    asked = ("export", "--format", "mm-rlhf", "-C", built.root, "--verify")
    ran = curate(*asked)
    assert ran.code == 0
    assert "not verified (the trainer of MM-RLHF is no package that can be installed)" in ran.out
    assert curate(*asked, "--json").json["formats"]["mm-rlhf"]["verified"] is None


def test_a_refusal_ends_the_command_after_all_formats_were_tried(
    built: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(reader: str, folder: Path, _python: str) -> Verdict:
        fits = folder.name == "parquet"
        return Verdict(reader, fits, detail="" if fits else "train row 1: no such picture")

    monkeypatch.setattr("export.verify.running.ask", ask)
    asked = ("export", "--format", "trl", "--format", "parquet", "-C", built.root, "--verify")
    ran = curate(*asked, "--json")
    assert ran.code == 1
    found = {name: it["verified"] for name, it in ran.json["formats"].items()}
    assert found == {"trl": False, "parquet": True}
    assert ran.err.splitlines()[0] == (
        "error: trl is refused by datasets: train row 1: no such picture; "
        "the files are as they were written"
    )
    assert all(Path(it["path"], "export.json").exists() for it in ran.json["formats"].values())


def test_ctrl_c_ends_a_reader_and_takes_its_caches_away(built: Bench, tmp_path: Path) -> None:
    python = tmp_path / "python"
    worker = f"sleep 60 & echo $! > {tmp_path}/worker"
    python.write_text(f"#!/bin/sh\n{worker}\necho $$ > {tmp_path}/pid\nwait\n", "utf-8")
    python.chmod(0o755)
    out = tmp_path / "out"
    options = ("--out", out, "-C", built.root, "--verify", "--verify-with", python)
    running = start("export", "--format", "trl", *options)
    until(lambda: (tmp_path / "pid").exists() and bool((tmp_path / "pid").read_text("utf-8")))
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "interrupted" in err
    assert [path.name for path in out.iterdir()] == ["trl"]
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text("utf-8")), 0)
    until(lambda: gone(tmp_path / "worker"))


def test_an_interpreter_on_the_command_line_asks_to_verify(
    built: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the environment it only says with what."""
    asked = ("export", "--format", "parquet", "-C", built.root, "--json")
    ran = curate(*asked, "--verify-with", sys.executable)
    assert ran.json["formats"]["parquet"]["verified"] is True
    monkeypatch.setenv("PAIRWRIGHT_VERIFY_PYTHON", sys.executable)
    assert curate(*asked).json["formats"]["parquet"]["verified"] is None


def test_an_interpreter_that_is_none_is_refused_before_anything_is_written(
    built: Bench, tmp_path: Path
) -> None:
    asked = ("export", "--format", "trl", "--out", tmp_path / "out", "-C", built.root, "--verify")
    ran = curate(*asked, "--verify-with", tmp_path / "python")
    assert ran.code == 2
    assert "no such program" in ran.err
    assert not (tmp_path / "out").exists()


def test_the_object_has_the_keys_of_the_contract(built: Bench) -> None:
    found = curate("export", "--format", "trl", "-C", built.root, "--json").json["formats"]["trl"]
    assert found.keys() == {"path", "rows", "files", "refused", "verified", "verdicts", "warnings"}
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
        "1 prompt has no reference answer in its source and was not taken",
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
