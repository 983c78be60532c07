"""What a run would take is counted from the model's shape, and grows with what is asked."""

from pathlib import Path
from typing import Any

import pytest

from align.settings_file import settings_of
from tests.support.aligning import some_pairs, trl_rows
from tests.support.tiny_models import saved_model, tiny_model
from tests.support.trainers import TRAINS

pytestmark = TRAINS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="module")
def rows(folder: Path) -> Any:
    return trl_rows(folder, some_pairs(folder / "media"))


def estimated(folder: Path, rows: Any, *overrides: str, dtype: str = "float32") -> Any:
    from align.estimate import estimate
    from align.loading import load_shape

    saved_model(tiny_model("llava"), folder / "model")
    settings = settings_of("dpo", overrides=list(overrides))
    loaded = load_shape(str(folder / "model"), dtype)
    return estimate(loaded, rows, settings, sequences=2, reference=True)


def test_parameters_are_those_of_the_model_and_of_the_trainer(folder: Path, rows: Any) -> None:
    from align.dpo import make_trainer
    from align.loading import Loaded
    from align.rows import Rows

    model, _reader = tiny_model("llava")
    for overrides in ([], ["model.lora_rank=4"], ["model.freeze_vision=false"]):
        found = estimated(folder, rows, *overrides)
        assert sum(found.parameters.values()) == sum(one.numel() for one in model.parameters())
        settings: Any = settings_of("dpo", overrides=overrides)
        made = Rows(folder, "trl", "", rows, None)
        trainer = make_trainer(
            Loaded(*tiny_model("llava"), sees=True), made, settings, folder / "run"
        )
        learning = sum(one.numel() for one in trainer.model.parameters() if one.requires_grad)
        assert found.learning == learning


def test_memory_follows_what_learns(folder: Path, rows: Any) -> None:
    whole = estimated(folder, rows)
    count = sum(whole.parameters.values())
    assert (whole.weights, whole.reference) == (4 * count, 4 * count)
    assert (whole.gradients, whole.optimizer) == (4 * whole.learning, 8 * whole.learning)
    lora = estimated(folder, rows, "model.lora_rank=1", dtype="bfloat16")
    assert (lora.weights, lora.reference) == (2 * count, 0)
    assert lora.memory < whole.memory
    plain = estimated(folder, rows, "train.gradient_checkpointing=false")
    assert plain.activations > whole.activations
    wide = estimated(folder, rows, "train.batch_size=4")
    assert wide.activations == 4 * whole.activations


def test_tokens_are_those_of_the_rows(folder: Path, rows: Any) -> None:
    from align.lengths import Lengths
    from align.loading import Loaded

    counts = sorted(Lengths(Loaded(*tiny_model("llava"), sees=True)).of(row) for row in rows)
    found = estimated(folder, rows)
    assert (found.tokens_median, found.tokens_most) == (counts[2], counts[-1])
    assert found.steps == 1


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 MB"), (999_000_000, "999 MB"), (14_200_000_000, "14.2 GB"), (0, "0 MB")],
)
def test_sizes_are_said_in_what_people_use(size: int, text: str) -> None:
    from align.estimate import gigabytes

    assert gigabytes(size) == text
