"""`curate align`: every recipe on the demo's build, from nothing to a model held against rows."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from align.settings_file import settings_of
from curate.aligning.tiny import NAME
from tests.support.cli import ROOT, curate, start
from tests.support.tiny_models import FAMILIES, saved_model, tiny_model
from tests.support.trainers import TRAINS
from tests.support.waiting import until

pytestmark = TRAINS

BY_HEART = [
    "train.max_steps=26",
    "train.batch_size=16",
    "train.accumulation=1",
    "train.learning_rate=0.01",
    "train.schedule=constant",
]
FEW = ["--set", "train.max_steps=2", "--set", "train.accumulation=1"]
KEYS = {"recipe", "run_id", "rows", "held_out", "left_out", "settings", "result", "path"}


@pytest.fixture(scope="module")
def demo(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aligned") / "workspace"
    return Path(shutil.copytree(demo_workspace, folder, symlinks=True))


def aligned(demo: Path, recipe: str, *more: str | Path) -> Any:
    ran = curate("align", recipe, "--model", NAME, "-C", demo, "--json", *more)
    assert ran.code == 0, ran.err
    return ran.json


def test_dpo_goes_from_nothing_to_an_evaluated_model(demo: Path) -> None:
    found = aligned(demo, "dpo", "--preset", "mm-rlhf")
    assert set(found) >= KEYS
    assert found["rows"] == found["settings"]["train"]["batch_size"] * 93
    result = found["result"]
    assert result["steps"] == 8
    after = result["preferences"]["after"]
    assert after["pairs"] == found["held_out"] == 4
    assert after["implicit_reward"]["acc"]["whole"] == 4
    assert result["preferences"]["before"]["implicit_reward"]["ties"] == 4
    run = Path(found["path"])
    assert (run / "model" / "model.safetensors").is_file()
    trained_on = json.loads((run / "trained_on.json").read_text())
    assert len(trained_on["prompts"]) == 93
    assert 0 < len(trained_on["components"]) <= 93
    assert json.loads((run / "run.json").read_text())["state"] == "done"


def test_a_run_that_is_done_is_left_as_it_is(demo: Path) -> None:
    first = aligned(demo, "dpo", *FEW)
    model = Path(first["path"]) / "model" / "model.safetensors"
    before = model.stat().st_mtime_ns
    again = aligned(demo, "dpo", *FEW)
    assert (first["unchanged"], again["unchanged"]) == (False, True)
    assert again["result"] == first["result"]
    assert model.stat().st_mtime_ns == before


@pytest.fixture(scope="module", params=FAMILIES)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny random vision-language model, of each family."""
    folder = tmp_path_factory.mktemp("model") / request.param
    return saved_model(tiny_model(request.param), folder)


@pytest.mark.parametrize(
    "recipe", ["dpo", "kto", "sft", "rejection-sampling", "best-of-n", "steerlm"]
)
def test_every_recipe_runs_from_its_export(demo: Path, recipe: str, model: Path) -> None:
    short = ["--set", "train.batch_size=2", "--set", "train.max_length=600"]
    ran = curate("align", recipe, "--model", model, "-C", demo, "--json", *FEW, *short)
    assert ran.code == 0, ran.err
    result = ran.json["result"]
    assert result["steps"] == 2
    assert result["held_out"]["loss"] > 0
    saved = {path.name for path in (Path(ran.json["path"]) / "model").iterdir()}
    assert saved & {"model.safetensors", "adapter_model.safetensors"}


def test_sixteen_rows_of_the_demo_are_learned_by_heart(demo: Path, model: Path) -> None:
    from align.dpo import make_trainer
    from align.loading import load
    from align.rows import load_rows
    from curate.aligning.asked import exported
    from curate.workspace import Workspace

    rows = load_rows(exported(Workspace.open(demo), "trl"), "trl")
    sizes = [len(str((row["prompt"], row["chosen"], row["rejected"]))) for row in rows.train]
    shortest = sorted(range(len(sizes)), key=sizes.__getitem__)[:16]
    settings: Any = settings_of("dpo", overrides=BY_HEART)
    few = replace(rows, train=rows.train.select(shortest), held_out=None)
    trainer = make_trainer(load(str(model), "float32"), few, settings, demo / model.name)
    trainer.train()
    steps = [step for step in trainer.state.log_history if "loss" in step]
    assert steps[-1]["loss"] < steps[0]["loss"] / 2
    assert all(step["rewards/accuracies"] > 0.95 for step in steps[-3:])


def test_a_trained_run_is_a_model_to_go_on_from(demo: Path) -> None:
    first = aligned(demo, "sft", *FEW, "--set", "train.batch_size=1", "--set", "model.lora_rank=2")
    second = curate("align", "dpo", "--model", first["path"], "-C", demo, "--json", *FEW)
    assert second.code == 0, second.err
    assert second.json["model"] == first["path"]
    assert second.json["run_id"] != first["run_id"]


def test_a_dry_run_counts_and_trains_nothing(demo: Path, tmp_path: Path) -> None:
    found = aligned(demo, "dpo", "--out", tmp_path / "run", "--dry-run")
    assert found["steps"] == 8
    assert sum(found["parameters"].values()) == 28_080
    assert found["bytes"]["in all"] > found["bytes"]["weights"]
    assert found["tokens"]["most"] >= found["tokens"]["median"] > 0
    assert not (tmp_path / "run").exists()
    told = curate("align", "dpo", "--model", NAME, "-C", demo, "--dry-run")
    assert "no pair has a delta, so beta is 0.1 for all" in told.err
    assert "Nothing was trained" in told.out


def test_a_killed_run_goes_on_and_ends_as_an_unbroken_one(demo: Path, tmp_path: Path) -> None:
    asked = ["--set", "train.max_steps=12", "--set", "train.accumulation=1"]
    asked += ["--set", "train.save_steps=2", "--set", "train.max_length=300"]
    whole = aligned(demo, "dpo", *asked, "--out", tmp_path / "whole")
    command = ["align", "dpo", "--model", NAME, "-C", str(demo), *asked]
    process = start(*command, "--out", tmp_path / "killed")
    checkpoint = tmp_path / "killed" / "checkpoints" / "checkpoint-4" / "trainer_state.json"
    until(checkpoint.exists, patience=120)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    again = aligned(demo, "dpo", *asked, "--out", tmp_path / "killed")
    assert again["result"]["resumed_at"] >= 2
    weights = [tmp_path / name / "model" / "model.safetensors" for name in ("whole", "killed")]
    assert weights[0].read_bytes() == weights[1].read_bytes()
    preferences = [found["result"]["preferences"] for found in (whole, again)]
    assert preferences[0] == preferences[1]


def test_another_runs_folder_is_not_written_to(demo: Path, tmp_path: Path) -> None:
    aligned(demo, "dpo", *FEW, "--out", tmp_path / "run")
    ran = curate("align", "dpo", "--model", NAME, "-C", demo, "--out", tmp_path / "run")
    assert ran.code == 1
    assert "a run with other settings, rows or model" in ran.err
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    ran = curate("align", "dpo", "--model", NAME, "-C", demo, "--out", tmp_path / "other")
    assert (ran.code, (tmp_path / "other" / "thesis.txt").read_text()) == (1, "mine")
    assert "not empty, and no run of ours" in ran.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--model", "no/such/folder"], "no such folder"),
        (["--model", NAME, "--preset", "mm-rlfh"], "did you mean 'mm-rlhf'"),
        (["--model", NAME, "--set", "loss.w=-1"], "dpo.loss.w = -1"),
        (["--model", NAME, "--set", "train.max_length=3"], "more than 3 tokens"),
        (["--model", NAME, "--settings", "nowhere.toml"], "No such file"),
    ],
)
def test_what_cannot_be_run_is_said_in_one_line(demo: Path, more: list[str], said: str) -> None:
    ran = curate("align", "dpo", "-C", demo, *more)
    assert ran.code == 1
    assert said in ran.err
    assert "Traceback" not in ran.err
    lines = [line for line in ran.err.splitlines() if not line.startswith("warning: ")]
    assert len(lines) == 1


def test_two_processes_make_one_run(demo: Path, tmp_path: Path) -> None:
    launch = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]
    asked = ["align", "dpo", "--model", NAME, "-C", str(demo), "--out", str(tmp_path / "run")]
    asked += ["--set", "train.max_steps=2", "--set", "train.accumulation=1", "--json"]
    ran = subprocess.run(
        [sys.executable, *launch, "-m", "curate", *asked],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=240,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["result"]["steps"] == 2
    assert found["result"]["held_out"]["loss"] > 0
    assert (tmp_path / "run" / "model" / "model.safetensors").is_file()
