"""Rows of the `trl` export and runs on them, for tests of the recipes."""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.pair import PreferencePair
from tests.support.pairs import build, pair, picture, turn, user, written

DELTAS = (None, "0", "1.25", "-2", "4.5")


def some_pairs(store: Path) -> list[PreferencePair]:
    """Five pairs: one picture, two, none, several turns; answers of unlike length, each delta."""
    question = [user(0, "How many cups ?")]
    follow_up = [user(0, 1, "Same ?"), turn("assistant", "Two ."), user("Why ?")]
    made = [
        (question, [picture(store, 1)], "Three cups , and all of them red .", "Two ."),
        (question, [picture(store, 2)], "One .", "I cannot see any cup in this picture ."),
        (follow_up, [picture(store, n) for n in (3, 4)], "One .", "It is the same cup ."),
        ([user("How many ?")], [], "Three .", "Two , I think ."),
        ([user("What is that ?", 0)], [picture(store, 5)], "A cup .", "A hat ."),
    ]
    return [
        pair(asked, media, chosen, rejected, delta=delta, delta_source=source_of(delta))
        for (asked, media, chosen, rejected), delta in zip(made, DELTAS, strict=True)
    ]


def counted_pairs(store: Path, count: int) -> list[PreferencePair]:
    """So many pairs, each about a picture of its own; every other answer is the right one."""
    words = ("One .", "Two .")
    return [
        pair(
            [user(0, f"How many cups in picture {number} ?")],
            [picture(store, number)],
            words[number % 2],
            words[1 - number % 2],
            delta=f"{number % 5}.5",
            delta_source="calibration",
        )
        for number in range(1, count + 1)
    ]


def source_of(delta: str | None) -> str | None:
    """Where a delta of these tests says that it is from."""
    return None if delta is None else "calibration"


def trl_rows(folder: Path, pairs: Sequence[PreferencePair]) -> Any:
    """The training rows of a `trl` export of these pairs, as `datasets` loads them."""
    from datasets import load_dataset

    written("trl", build(folder, pairs), folder / "out")
    files = str(folder / "out" / "train-*.parquet")
    return load_dataset("parquet", data_files=files, cache_dir=str(folder / "cache"))["train"]


def settings_for(folder: Path, **more: Any) -> Any:
    """TRL's DPO settings for a few steps on the CPU."""
    from trl import DPOConfig

    given = {
        "per_device_train_batch_size": 2,
        "max_steps": 3,
        "learning_rate": 0.01,
        "max_length": None,
        "logging_steps": 1,
        "report_to": "none",
        "use_cpu": True,
        "bf16": False,
        "gradient_checkpointing": False,
        "save_strategy": "no",
        "disable_tqdm": True,
        "output_dir": str(folder / "model"),
    }
    return DPOConfig(**{**given, **more})


def dpo_trainer(
    kind: Any, folder: Path, made: tuple[Any, Any], rows: Any, *, more: Any = None, **given: Any
) -> Any:
    """A DPO trainer of ours, or TRL's own, on a copy of the model; `more` are TRL's settings."""
    model, reader = made
    return kind(
        model=copy.deepcopy(model),
        ref_model=copy.deepcopy(model),
        args=settings_for(folder, **(more or {})),
        train_dataset=rows,
        processing_class=reader,
        **given,
    )


def weights_of(model: Any) -> dict[str, Any]:
    """A copy of the weights, by name."""
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def logged(trainer: Any, name: str = "loss") -> list[float]:
    """What a trainer logged under a name, step by step."""
    return [step[name] for step in trainer.state.log_history if name in step]
