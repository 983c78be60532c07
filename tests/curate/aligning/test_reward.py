"""`curate align reward`: one model, or one a fold, from a build to what it came to."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import curate
from tests.support.rewarded import trained, voted
from tests.support.tiny_models import saved_model, tiny_llama
from tests.support.trainers import TRAINS

pytestmark = TRAINS


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return voted(tmp_path_factory.mktemp("rewarded") / "workspace").root


@pytest.fixture(scope="module")
def folded(root: Path) -> Any:
    """A run of two folds."""
    return trained(root, root / "runs" / "folded", "--folds", "2")


def trained_on(folder: Path) -> Any:
    return json.loads((folder / "trained_on.json").read_text("utf-8"))


def fold_of(component: str) -> int:
    return int(component, 16) % 2


def test_one_model_is_trained_and_measured_with_own_given_and_no_critiques(
    root: Path, tmp_path: Path
) -> None:
    found = trained(root, tmp_path / "run")
    result = found["result"]
    assert (found["recipe"], found["state"], result["steps"]) == ("reward", "done", 2)
    assert set(result["accuracy"]) == {"critique", "given", "none"}
    assert result["accuracy"]["none"]["pairs"] == found["held_out"] > 0
    assert result["held_out"]["loss"] > 0
    assert (tmp_path / "run" / "model" / "score_head.safetensors").is_file()
    said = curate("align", "reward", *_asked(root, tmp_path / "run"))
    assert "Done before: one reward model of tiny" in said.out
    assert "its own critiques" in said.out


def _asked(root: Path, out: Path) -> list[str | Path]:
    from tests.support.rewarded import FEW

    settings = [word for one in FEW for word in ("--set", one)]
    return ["--model", "tiny", "-C", root, "--out", out, *settings]


def test_no_fold_s_model_learns_from_a_component_of_its_own_fold(folded: Any) -> None:
    folders = [Path(folded["path"]) / f"fold-{fold}" for fold in (0, 1)]
    learned = [set(trained_on(folder)["components"]) for folder in folders]
    assert [{fold_of(it) for it in one} for one in learned] == [{1}, {0}]
    assert len(learned[0] | learned[1]) == len(learned[0]) + len(learned[1])
    records = [json.loads((folder / "run.json").read_text("utf-8")) for folder in folders]
    assert [(it["folds"], it["fold"]) for it in records] == [(2, 0), (2, 1)]
    assert sum(it["rows"] for it in records) == folded["rows"]
    assert (folded["folds"], folded["fold"]) == (2, None)


def test_a_fold_is_measured_on_what_it_was_kept_from(folded: Any) -> None:
    parts = folded["result"]["folds"]
    for part in parts:
        kept_from = folded["rows"] - part["rows"]
        assert part["accuracy"]["none"]["pairs"] == kept_from + folded["held_out"]


def test_a_run_that_was_cut_off_goes_on_with_the_fold_it_was_in(
    root: Path, folded: Any, tmp_path: Path
) -> None:
    cut = tmp_path / "cut"
    shutil.copytree(folded["path"], cut)
    record = json.loads((cut / "run.json").read_text("utf-8"))
    (cut / "run.json").write_text(json.dumps({**record, "state": "begun"}), "utf-8")
    shutil.rmtree(cut / "fold-1")
    first = (cut / "fold-0" / "model" / "model.safetensors").stat().st_mtime_ns
    found = trained(root, cut, "--folds", "2")
    assert found["state"] == "done"
    assert (cut / "fold-0" / "model" / "model.safetensors").stat().st_mtime_ns == first
    for name in ("model.safetensors", "score_head.safetensors"):
        whole, again = (it / "fold-1" / "model" / name for it in (Path(folded["path"]), cut))
        assert whole.read_bytes() == again.read_bytes()


def test_a_run_in_other_folds_is_another_run(root: Path, folded: Any) -> None:
    ran = curate("align", "reward", *_asked(root, Path(folded["path"])), "--folds", "3")
    assert ran.code == 1
    assert "a run with other settings" in ran.err


def test_a_dry_run_counts_the_tokens_of_critiques_and_writes_nothing(
    root: Path, tmp_path: Path
) -> None:
    ran = curate(
        "align", "reward", *_asked(root, tmp_path / "run"), "--folds", "2", "--dry-run", "--json"
    )
    assert ran.code == 0, ran.err
    assert ran.json["tokens"]["most"] > 500
    assert not (tmp_path / "run").exists()


def test_a_text_model_learns_from_a_set_without_pictures(tmp_path: Path) -> None:
    root = voted(tmp_path / "workspace", 4, pictures=False).root
    model = saved_model(tiny_llama(), tmp_path / "llama")
    found = trained(root, tmp_path / "run", model=model)
    assert found["result"]["steps"] == 2


def test_a_text_model_is_refused_for_a_set_with_pictures(root: Path, tmp_path: Path) -> None:
    model = saved_model(tiny_llama(), tmp_path / "llama")
    ran = curate("align", "reward", "--model", model, "-C", root, "--out", tmp_path / "run")
    assert ran.code == 1
    assert "reads texts only" in ran.err
    assert not (tmp_path / "run").exists()
