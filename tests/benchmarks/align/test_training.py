"""A run of the experiments, small: from a policy through our export and trainer to its figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.align.run import Run
from tests.support.trainers import TRAINS

pytestmark = TRAINS


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from benchmarks.align import policy

    folder = tmp_path_factory.mktemp("policy")
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(policy, "PICTURES", 128)
        changed.setattr(policy, "EPOCHS", 1)
        policy.make(folder, steps=2)
    return folder


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.align import training

    monkeypatch.setattr(training, "HELD_OUT", 40)
    monkeypatch.setattr(training, "KEPT", [])


def test_a_run_is_the_same_each_time(policy: Path) -> None:
    from benchmarks.align.training import do

    run = Run("test", 0, 64, labels="rated", deltas="noisy", w=1.0, k=1.0)
    one, other = do(run, policy), do(run, policy)
    assert replace(one, seconds=0) == replace(other, seconds=0)
    assert 0.1 < one.beta < 0.2
    assert 0 < one.wrong < 0.5


def test_the_matched_control_is_plain_dpo_at_the_mean_beta() -> None:
    from benchmarks.align.training import settings_of, training_rows

    run = Run("test", 0, 64, w=1.0, k=1.0)
    control = replace(run, control="matched")
    found = settings_of(control, training_rows(control)).loss
    scaled = settings_of(run, training_rows(run)).loss
    assert (found.w, scaled.w, scaled.beta) == (0.0, 1.0, 0.1)
    assert 0.1 < found.beta < 0.2


def test_held_out_figures_of_an_untrained_run_are_at_nothing(policy: Path) -> None:
    """Where policy and reference are the same no pair leads, and none is right by luck."""
    from align.loading import load
    from benchmarks.align.training import measured

    loaded = load(str(policy), "float32")
    found = measured(loaded.model, loaded.model, loaded.processor, seed=0)
    assert (found["accuracy"], found["shuffled"]) == (0.0, 0.0)
    assert 0 <= found["answers"] <= 1


def test_log_likelihoods_are_the_trainers_own(policy: Path) -> None:
    """The held-out measure against transformers' loss of one row at a time."""
    import torch

    from align.loading import load
    from benchmarks.align.held_out import HeldOut
    from benchmarks.align.pairs import pairs

    loaded = load(str(policy), "float32")
    held = HeldOut.of(loaded.processor, pairs(4, "held out"))
    found = held.lead(loaded.model)
    for place in range(4):
        sides = []
        for texts in (held.chosen, held.rejected):
            row = torch.tensor([place])
            labels = texts.labels[row]
            loss = loaded.model(
                **texts.inputs(row), pixel_values=held.pictures[row], labels=labels
            ).loss
            sides.append(-float(loss) * int((labels != -100).sum()))
        assert float(found[place]) == pytest.approx(sides[0] - sides[1], abs=1e-4)
