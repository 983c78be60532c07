"""A run: exact going on, its log, the projector's rate, and a loss that is no number."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from align.progress import unseen
from align.settings_file import settings_of
from schemas.errors import AlignError
from tests.support.aligning import some_pairs
from tests.support.pairs import build, written
from tests.support.tiny_models import FAMILIES, tiny_model
from tests.support.trainers import TRAINS

pytestmark = TRAINS

FEW = ["train.max_steps=4", "train.save_steps=2", "train.accumulation=1", "train.batch_size=2"]


def dpo_rows(folder: Path) -> Any:
    from align.rows import load_rows

    written("trl", build(folder, some_pairs(folder / "media")), folder / "out")
    return load_rows(folder / "out", "trl", folder / "cache")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return dpo_rows(tmp_path_factory.mktemp("rows"))


def dpo_settings(*overrides: str) -> Any:
    return settings_of("dpo", overrides=[*FEW, "train.learning_rate=0.01", *overrides])


def aligned(folder: Path, rows: Any, family: str, *overrides: str, stop_at: int = 0) -> Any:
    """Weights of a run; with `stop_at` it is cut off there first, as by a kill."""
    from align.dpo import make_trainer, train
    from align.folders import MODEL
    from align.loading import Loaded
    from align.training import run

    settings = dpo_settings(*overrides)
    if stop_at:
        trainer = make_trainer(Loaded(*tiny_model(family), sees=True), rows, settings, folder)
        trainer.add_callback(cut_off(stop_at))
        with pytest.raises(KeyboardInterrupt):
            run(trainer, folder, unseen)
        assert not (folder / MODEL).exists()
    return train(Loaded(*tiny_model(family), sees=True), rows, settings, folder, unseen)


def cut_off(step: int) -> Any:
    from transformers import TrainerCallback

    class CutOff(TrainerCallback):
        def on_step_end(self, _args: Any, state: Any, _control: Any, **_: Any) -> None:
            if state.global_step == step:
                raise KeyboardInterrupt

    return CutOff()


def saved(folder: Path) -> dict[str, bytes]:
    """The bytes of each saved weight."""
    from safetensors import safe_open

    found = {}
    for path in sorted((folder / "model").glob("*.safetensors")):
        with safe_open(path, "pt") as file:
            for name in file.keys():  # noqa: SIM118 - no mapping
                found[name] = file.get_tensor(name).numpy().tobytes()
    return found


@pytest.mark.parametrize("overrides", [(), ("model.lora_rank=2", "model.lora_dropout=0.5")])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_run_that_was_cut_off_ends_with_the_weights_of_an_unbroken_one(
    tmp_path: Path, rows: Any, family: str, overrides: tuple[str, ...]
) -> None:
    whole = aligned(tmp_path / "whole", rows, family, *overrides)
    broken = aligned(tmp_path / "broken", rows, family, *overrides, stop_at=3)
    assert (whole.resumed_at, broken.resumed_at) == (0, 2)
    assert whole.steps == broken.steps == 4
    assert saved(tmp_path / "whole") == saved(tmp_path / "broken")


def test_a_run_that_was_cut_off_after_its_last_step_takes_none_more(
    tmp_path: Path, rows: Any
) -> None:
    from align.metrics import read_metrics

    aligned(tmp_path, rows, "llava")
    before = saved(tmp_path)
    shutil.rmtree(tmp_path / "model")
    again = aligned(tmp_path, rows, "llava")
    assert (again.steps, again.resumed_at, again.loss) == (4, 4, None)
    assert saved(tmp_path) == before
    assert not (tmp_path / "checkpoints" / "checkpoint-5").exists()
    assert max(line["step"] for line in read_metrics(tmp_path)) == 4


def test_the_log_has_each_step_once_and_names_what_counts(tmp_path: Path, rows: Any) -> None:
    from align.metrics import read_metrics

    aligned(tmp_path / "whole", rows, "llava")
    aligned(tmp_path / "broken", rows, "llava", stop_at=3)
    whole, broken = (
        [line for line in read_metrics(tmp_path / name) if "loss" in line]
        for name in ("whole", "broken")
    )
    assert [line["step"] for line in whole] == [1, 2, 3, 4]
    for mine, its in zip(whole, broken, strict=True):
        for name in ("step", "loss", "beta", "nll", "rewards/margins", "rewards/accuracies"):
            assert mine[name] == its[name]


def test_a_torn_last_line_of_the_log_is_no_line(tmp_path: Path) -> None:
    from align.metrics import read_metrics

    (tmp_path / "metrics.jsonl").write_text('{"step": 1, "loss": 2.0}\n{"step": 2, "lo')
    assert read_metrics(tmp_path) == [{"step": 1, "loss": 2.0}]


def test_tensorboard_has_the_losses(tmp_path: Path, rows: Any) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    aligned(tmp_path, rows, "llava")
    events = EventAccumulator(str(tmp_path / "tensorboard"))
    events.Reload()
    assert [event.step for event in events.Scalars("train/loss")] == [1, 2, 3, 4]


def test_nothing_that_is_saved_is_a_pickle_or_names_a_place(tmp_path: Path, rows: Any) -> None:
    aligned(tmp_path / "run", rows, "llava")
    model = tmp_path / "run" / "model"
    kinds = {path.suffix for path in model.iterdir()}
    assert kinds == {".json", ".jinja", ".safetensors"}
    for path in model.glob("*.json"):
        assert str(tmp_path) not in path.read_text()
    pickles = {path.name for path in (tmp_path / "run").rglob("*.bin")}
    assert pickles == {"training_args.bin"}


def test_a_loss_that_is_no_number_stops_the_run(tmp_path: Path, rows: Any) -> None:
    import torch

    from align.dpo import train
    from align.loading import Loaded

    made = tiny_model("llava")
    with torch.no_grad():
        made[0].lm_head.weight[5] = float("nan")
    with pytest.raises(AlignError, match=r"step 1: the loss is nan; lower train\.learning_rate"):
        train(Loaded(*made, sees=True), rows, dpo_settings(), tmp_path, unseen)
    assert not (tmp_path / "model").exists()


def test_the_vision_tower_stays_as_it_was(tmp_path: Path, rows: Any) -> None:
    from align.loading import load

    aligned(tmp_path, rows, "llava")
    before = tiny_model("llava")[0].state_dict()
    for name, value in load(str(tmp_path / "model"), "float32").model.state_dict().items():
        assert value.equal(before[name]) == ("vision" in name), name


def test_the_projector_learns_at_its_own_rate(tmp_path: Path, rows: Any) -> None:
    from align.dpo import make_trainer
    from align.loading import Loaded
    from align.rates import projector_of

    settings = dpo_settings("train.projector_learning_rate=0.5", "train.weight_decay=0.1")
    trainer = make_trainer(Loaded(*tiny_model("llava"), sees=True), rows, settings, tmp_path)
    groups = trainer.create_optimizer().param_groups
    own = {id(one) for one in projector_of(trainer.model)}
    assert len(own) == 4
    for group in groups:
        inside = {id(one) in own for one in group["params"]}
        assert len(inside) == 1
        assert group["lr"] == (0.5 if inside == {True} else 0.01)
    listed = [id(one) for group in groups for one in group["params"]]
    learning = [id(one) for one in trainer.model.parameters() if one.requires_grad]
    assert sorted(listed) == sorted(learning)
    assert {group["weight_decay"] for group in groups} == {0.1, 0.0}


def test_steps_are_those_that_the_trainer_takes(tmp_path: Path, rows: Any) -> None:
    from align.dpo import make_trainer
    from align.loading import Loaded
    from align.training import steps_of

    for epochs, batch, accumulation in [(1, 1, 2), (2, 2, 3), (3, 4, 1), (1, 8, 8)]:
        settings: Any = settings_of(
            "dpo",
            overrides=[
                f"train.epochs={epochs}",
                f"train.batch_size={batch}",
                f"train.accumulation={accumulation}",
            ],
        )
        trainer = make_trainer(
            Loaded(*tiny_model("llava"), sees=True), rows, settings, tmp_path / str(batch)
        )
        trainer.train()
        assert trainer.state.global_step == steps_of(settings.train, len(rows.train))


def test_arguments_say_where_a_run_is_kept(tmp_path: Path, rows: Any) -> None:
    from align.training import arguments

    found = arguments(dpo_settings(), tmp_path, rows)
    assert Path(found["output_dir"]).parent == tmp_path
    assert found["report_to"] == "none"
    assert json.dumps(found)
