"""The trainer: exact accumulation, exact resume, what stays frozen, and rows learned by heart."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from align.progress import unseen
from tests.support.rewards import dataset, row, rows, settings, shown
from tests.support.tiny_models import FAMILIES, tiny_model
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def loaded(family: str = "llava") -> Any:
    from align.loading import Loaded

    return Loaded(*tiny_model(family), sees=True)


def as_rows(folder: Path, made: Any) -> Any:
    from align.rows import Rows

    return Rows(folder, "critique-reward", "build", made, None)


def trainer_of(folder: Path, given: Any, made: Any = None, family: str = "llava") -> Any:
    from align.reward.training import make_trainer

    made = dataset(rows()) if made is None else made
    return make_trainer(loaded(family), as_rows(folder, made), given, folder / "run")


def trained(folder: Path, given: Any, made: Any = None, family: str = "llava") -> Any:
    from align.training import run

    trainer = trainer_of(folder, given, made, family)
    run(trainer, folder / "run", unseen)
    return trainer


def weights(trainer: Any) -> dict[str, Any]:
    return {name: it.detach().clone() for name, it in trainer.model.named_parameters()}


def one_step_gradient(folder: Path, batch_size: int, accumulation: int) -> dict[str, Any]:
    """The sum of gradients of one optimiser step over the four rows."""
    shape = [f"train.batch_size={batch_size}", f"train.accumulation={accumulation}"]
    trainer = trainer_of(folder, settings(*shape, "train.max_steps=1"))
    trainer.model.double()
    loader = list(trainer.get_train_dataloader())
    steps, count = trainer.get_batch_samples(iter(loader), accumulation, trainer.args.device)
    trainer.current_gradient_accumulation_steps = accumulation
    for inputs in steps:
        exact = {n: it.double() if it.is_floating_point() else it for n, it in inputs.items()}
        loss = trainer.compute_loss(trainer.model, exact, num_items_in_batch=count)
        loss.backward()
    return {n: it.grad for n, it in trainer.model.named_parameters() if it.grad is not None}


def test_a_run_that_was_cut_off_after_its_last_step_takes_none_more(tmp_path: Path) -> None:
    given = settings("train.max_steps=3")
    before = weights(trained(tmp_path, given))
    again = trained(tmp_path, given)
    assert again.state.global_step == 3
    found = weights(again)
    assert all(found[name].equal(value) for name, value in before.items())


def test_held_out_rows_are_drawn_evenly() -> None:
    from align.reward.training import drawn

    made = dataset([row(f"Question {'x' * number}") for number in range(7)])
    assert drawn(made, None) is made
    assert drawn(made, 7) is made
    ids = list(made["prompt_id"])
    assert list(drawn(made, 3)["prompt_id"]) == [ids[0], ids[2], ids[4]]


def test_held_out_rows_have_a_bar_and_a_limit_of_critiques(tmp_path: Path) -> None:
    from align.reward.training import held_out

    given = settings("loss.max_new_tokens=2", "evaluate.critiques=2", "train.max_steps=1")
    trained(tmp_path, given)
    told: list[tuple[int, str | None, int | None]] = []

    def advance(count: int, label: str | None = None, total: int | None = None, /) -> None:
        told.append((count, label, total))

    found = held_out(tmp_path / "run", dataset(rows()), given, advance)
    assert {mode: one.pairs + one.ties + one.left_out for mode, one in found.items()} == {
        "critique": 2,
        "given": 4,
        "none": 4,
    }
    assert told == [
        (0, "writing critiques of held-out rows", 2),
        (2, None, None),
        (0, "scoring held-out rows by the raters' critiques", 4),
        *[(2, None, None)] * 2,
        (0, "scoring held-out rows", 4),
        *[(2, None, None)] * 2,
    ]
    assert held_out(tmp_path / "run", dataset(rows()), given) == found


def test_a_step_is_the_same_however_its_rows_are_batched(tmp_path: Path) -> None:
    import torch

    whole = one_step_gradient(tmp_path, 4, 1)
    for batch_size, accumulation in ((1, 4), (3, 2), (2, 2)):
        parts = one_step_gradient(tmp_path, batch_size, accumulation)
        assert parts.keys() == whole.keys()
        for name, gradient in whole.items():
            torch.testing.assert_close(parts[name], gradient, atol=1e-10, rtol=1e-8)


def test_logged_loss_is_the_mean_of_the_rows_however_they_are_batched(tmp_path: Path) -> None:
    found = []
    for batch_size, accumulation in ((4, 1), (1, 4)):
        shape = [f"train.batch_size={batch_size}", f"train.accumulation={accumulation}"]
        given = settings(*shape, "train.max_steps=1")
        folder = tmp_path / str(batch_size)
        trained(folder, given, dataset(rows()))
        line = json.loads((folder / "run" / "metrics.jsonl").read_text().splitlines()[0])
        found.append(line["loss"])
        assert {"pair_accuracy", "reward_margin", "reward_mean", "critique_loss"} <= set(line)
    assert found[0] == pytest.approx(found[1], rel=1e-5)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_run_that_was_cut_off_ends_with_the_weights_of_an_unbroken_one(
    family: str, tmp_path: Path
) -> None:
    import torch

    given = settings("train.batch_size=1", "train.accumulation=2", "loss.head_dropout=0.3")
    whole = trained(tmp_path / "whole", given, family=family)
    first = tmp_path / "whole" / "run" / "checkpoints" / "checkpoint-2"
    shutil.copytree(first, tmp_path / "cut" / "run" / "checkpoints" / "checkpoint-2")
    resumed = trained(tmp_path / "cut", given, family=family)
    assert resumed.state.global_step == whole.state.global_step == 4
    theirs = weights(whole)
    for name, parameter in weights(resumed).items():
        assert torch.equal(parameter, theirs[name]), name


def test_an_adapter_s_run_goes_on_exactly(tmp_path: Path) -> None:
    import torch

    given = settings("model.lora_rank=2", "train.batch_size=1")
    whole = trained(tmp_path / "whole", given)
    first = tmp_path / "whole" / "run" / "checkpoints" / "checkpoint-2"
    shutil.copytree(first, tmp_path / "cut" / "run" / "checkpoints" / "checkpoint-2")
    resumed = weights(trained(tmp_path / "cut", given))
    for name, parameter in weights(whole).items():
        assert torch.equal(parameter, resumed[name]), name


@pytest.mark.parametrize("family", FAMILIES)
def test_the_vision_tower_stays_and_all_else_learns(family: str, tmp_path: Path) -> None:
    import torch

    trainer = trainer_of(tmp_path, settings(), family=family)
    before = weights(trainer)
    trainer.train()
    moved = {name for name, it in weights(trainer).items() if not torch.equal(it, before[name])}
    assert not any("vision" in name for name in moved)
    assert {"score_head.dense.weight", "score_head.out.weight"} <= moved
    assert any("lm_head" in name for name in moved)
    assert any("projector" in name or "connector" in name for name in moved)


@pytest.mark.parametrize("family", FAMILIES)
def test_gradient_checkpointing_changes_no_weight(family: str, tmp_path: Path) -> None:
    import torch

    plain = weights(trained(tmp_path / "plain", settings(), family=family))
    given = settings("train.gradient_checkpointing=true")
    kept = weights(trained(tmp_path / "kept", given, family=family))
    for name, parameter in plain.items():
        torch.testing.assert_close(kept[name], parameter, atol=1e-6, rtol=1e-5)


def test_the_projector_has_a_rate_of_its_own_where_it_is_given(tmp_path: Path) -> None:
    trainer = trainer_of(tmp_path, settings("train.projector_learning_rate=0.002"))
    trainer.create_optimizer()
    rates = {
        id(it): group["lr"] for group in trainer.optimizer.param_groups for it in group["params"]
    }
    projector = trainer.model.backbone.model.multi_modal_projector
    assert {rates[id(it)] for it in projector.parameters()} == {0.002}
    assert {rates[id(it)] for it in trainer.model.score_head.parameters()} == {0.01}


def test_held_out_pairs_are_measured_apart_from_those_learned(tmp_path: Path) -> None:
    trainer = trainer_of(tmp_path, settings())
    metrics = trainer.evaluate(dataset(rows()))
    logged = trainer.state.log_history[-1]
    assert metrics["eval_loss"] > 0
    assert {"eval_pair_accuracy", "eval_critique_loss"} <= set(logged)
    assert "pair_accuracy" not in logged


def test_rows_that_are_too_long_are_counted_and_not_cut() -> None:
    from align.reward.lengths import within

    long = row("Why? " * 300, pictures=[shown()])
    made = dataset([*rows(), long])
    kept, over = within(made, loaded(), 1200)
    assert (len(kept), over) == (4, 1)
    assert [one["prompt_id"] for one in kept] == [one["prompt_id"] for one in rows()]
    assert within(made, loaded(), 20)[1] == 5


@pytest.fixture(scope="module")
def demo_rows(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Sixteen short pairs of the demo's own export, each with both critiques."""
    from align.rows import load_rows
    from curate.demo import demo
    from curate.exporting import export
    from curate.workspace import Workspace

    folder = tmp_path_factory.mktemp("demo")
    demo(folder / "workspace", now=datetime(2026, 1, 2, tzinfo=UTC))
    export(Workspace.open(folder / "workspace"), ["critique-reward"], folder / "out")
    made = load_rows(folder / "out" / "critique-reward", "critique-reward", folder / "cache").train
    texts = ("prompt", "chosen", "rejected", "chosen_critique", "rejected_critique")
    sizes = {
        number: sum(len(str(one[name])) for name in texts)
        for number, one in enumerate(made)
        if not one["is_tie"] and one["has_chosen_critique"] and one["has_rejected_critique"]
    }
    return made.select(sorted(sizes, key=sizes.__getitem__)[:16])


@pytest.mark.parametrize("family", FAMILIES)
def test_sixteen_pairs_of_the_demo_are_learned_by_heart(
    family: str, demo_rows: Any, tmp_path: Path
) -> None:
    from align.reward.training import held_out

    given = settings(
        "train.max_steps=24",
        "train.batch_size=16",
        "train.learning_rate=0.02",
        "train.save_steps=100",
        "loss.max_new_tokens=4",
    )
    trainer = trained(tmp_path, given, demo_rows, family)
    logged = [one["loss"] for one in trainer.state.log_history if "loss" in one]
    assert logged[-1] < 0.5 * logged[0]
    found = held_out(tmp_path / "run", demo_rows, given)
    assert set(found) == {"critique", "given", "none"}
    assert found["given"].pairs == 16
    assert (found["given"].reward.acc.value or 0) > 0.95
    assert found["critique"].reward.unscored == found["none"].reward.unscored == 0
