"""Rows of a `critique-reward` export, answers to judge and tiny reward models, for tests."""

from collections.abc import Sequence
from typing import Any

from PIL import Image

from tests.support.tiny_models import tiny_model

RED, GREEN = (200, 10, 20), (10, 160, 30)


def shown(colour: tuple[int, int, int] = RED, width: int = 40, height: int = 30) -> Image.Image:
    """A picture of one colour."""
    return Image.new("RGB", (width, height), colour)


def said(text: str, role: str = "assistant") -> list[dict[str, Any]]:
    """One message of blocks, as the export has answers."""
    return [{"role": role, "content": [{"type": "text", "text": text}]}]


def row(
    question: str = "Which colour?",
    chosen: str = "Red.",
    rejected: str = "Blue, I think.",
    critiques: Sequence[str | None] = ("Right and short.", "Wrong: it is red."),
    pictures: Sequence[Any] = (),
    **values: Any,
) -> dict[str, Any]:
    """A row of blocks whose pictures stand before the question."""
    blocks: list[dict[str, Any]] = [{"type": "image", "text": None} for _ in pictures]
    blocks.append({"type": "text", "text": question})
    return {
        "images": list(pictures),
        "prompt": [{"role": "user", "content": blocks}],
        "chosen": said(chosen),
        "rejected": said(rejected),
        "prompt_id": f"{len(question):032x}",
        "chosen_critique": critiques[0],
        "rejected_critique": critiques[1],
        "is_tie": False,
        "margin": 0.5,
        **values,
    }


def rows() -> list[dict[str, Any]]:
    """Four rows: with a picture, with two and one critique, a tie, and one without any picture."""
    two = [shown(), shown(GREEN, 16, 70)]
    return [
        row(pictures=[shown()]),
        row("Are both alike?", "No.", "Yes, both.", ("Right.", None), two, margin=None),
        row("How many?", "One.", "There is 1.", pictures=[shown(GREEN)], is_tie=True),
        row("Is two even?", "Yes, two is even.", "No.", (None, None)),
    ]


def reward_model(family: str, *, double: bool = True, dropout: float = 0.0) -> tuple[Any, Any]:
    """A tiny reward model in float64 and its processor."""
    from align.reward.model import CritiqueRewardModel

    model, processor = tiny_model(family)
    return CritiqueRewardModel.of(model.double() if double else model, dropout), processor


def encoder(model: Any, processor: Any, side: str = "left") -> Any:
    """What makes the model's inputs."""
    from align.reward.encoding import Encoder, stops_of

    return Encoder(processor, stops_of(model.backbone), side)  # type: ignore[arg-type]


def dataset(made: Sequence[dict[str, Any]]) -> Any:
    """The rows as a `datasets.Dataset` with pictures, as an export's files are read."""
    from datasets import Dataset, Features, List, Value
    from datasets import Image as Picture

    block = {"type": Value("string"), "text": Value("string")}
    messages = List({"role": Value("string"), "content": List(block)})
    features = Features(
        {
            "images": List(Picture()),
            **dict.fromkeys(("prompt", "chosen", "rejected"), messages),
            **{name: Value("string") for name in ("prompt_id", "component")},
            **{name: Value("string") for name in ("chosen_critique", "rejected_critique")},
            "is_tie": Value("bool"),
            "margin": Value("float64"),
        }
    )
    given = [{"component": one["prompt_id"], **one} for one in made]
    return Dataset.from_list(given, features=features)


def settings(*overrides: str) -> Any:
    """Settings of a short run without a warm-up, of two rows a batch."""
    from align.settings_file import settings_of

    short = ["max_steps=4", "learning_rate=0.01", "batch_size=2", "accumulation=1", "warmup=0"]
    short += ["schedule=constant", "gradient_checkpointing=false", "save_steps=2"]
    given = [f"train.{one}" for one in short]
    return settings_of("reward", overrides=[*given, *overrides])
