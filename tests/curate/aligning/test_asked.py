"""What is wrong in what a user asks for is said before torch is loaded."""

import sys
from pathlib import Path

import pytest

from curate.aligning.needed import LIBRARIES, loading
from curate.console import Console
from schemas.errors import MissingExtraError
from tests.support.cli import curate
from tests.support.pulling import workspace_at
from tests.support.workspaces import Bench

WRONG = [
    (["--model", "tiny", "--preset", "nope"], "preset 'nope' unknown"),
    (["--model", "tiny", "--set", "loss.betta=1"], "loss.betta: unknown key; did you mean 'beta'?"),
    (["--model", "tiny", "--settings", "nowhere.toml"], "nowhere.toml: No such file"),
    (["--model", "./nowhere"], "./nowhere: no such folder"),
    (["--model", "."], ".: no model in it (no config.json)"),
    (["--model", "tiny", "--data", "nowhere"], "nowhere: no export (no export.json)"),
    (["--model", "tiny"], "no build yet; run: curate build"),
]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace without a build, where nothing that trains can be imported."""
    for name in LIBRARIES:
        monkeypatch.setitem(sys.modules, name, None)
    return workspace_at(tmp_path / "workspace").root


@pytest.mark.parametrize(("more", "said"), WRONG)
def test_a_recipe_s_mistakes_are_said_before_torch_is_loaded(
    root: Path, more: list[str], said: str
) -> None:
    ran = curate("align", "dpo", "-C", root, *more)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert not (root / "runs").exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["reward", "--model", "./nowhere"], "./nowhere: no such folder"),
        (["reward", "--model", "tiny", "--set", "loss.betta=1"], "loss.betta: unknown key"),
        (["score", "nowhere"], "nowhere: no run of a reward model"),
        (["generate", "./nowhere", "prompts"], "./nowhere: no such folder"),
        (["evaluate", "preference", "./nowhere"], "./nowhere: no such folder"),
        (["evaluate", "preference", "gpt2", "--data", "no"], "no: no export (no export.json)"),
        (["evaluate", "mt-bench", "./nowhere", "."], "./nowhere: no such folder"),
        (["evaluate", "alpaca-eval", "./nowhere", "a.json"], "./nowhere: no such folder"),
    ],
)
def test_so_are_those_of_the_other_commands(root: Path, command: list[str], said: str) -> None:
    build = Bench(root.parent / "built")
    build.prompt("How many?", "One.", "Two.")
    build.build()
    ran = curate("align", *command, "-C", build.root)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


@pytest.mark.parametrize("command", [["dpo", "--model", "cut"], ["score", "cut"]])
def test_a_run_of_the_workspace_is_found_by_its_name(root: Path, command: list[str]) -> None:
    build = Bench(root.parent / "built")
    build.prompt("How many?", "One.", "Two.")
    build.build()
    cut = build.root / "runs" / "cut"
    cut.mkdir(parents=True)
    ran = curate("align", *command, "-C", build.root)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"error: {cut}: no ")


def test_a_tiny_model_that_was_cut_off_is_no_mistake(root: Path) -> None:
    (root / "runs" / "tiny").mkdir(parents=True)
    ran = curate("align", "dpo", "--model", "tiny", "-C", root)
    assert ran.err.endswith(": no build yet; run: curate build\n")


def test_libraries_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curate.aligning.needed.find_spec", lambda _name: None)
    with (
        pytest.raises(MissingExtraError, match="curate align needs torch, transformers"),
        loading(Console()),
    ):
        pass
