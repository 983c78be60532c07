"""Texts and pictures of many rows as tensors at once, for what is not a trainer's own work."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from benchmarks.align.scenes import GRID
from benchmarks.align.tiny import IMAGE_TOKEN

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Texts:
    """Rows of tokens, padded on the right; `labels` are the answer's, -100 elsewhere."""

    ids: Any
    mask: Any
    labels: Any

    @classmethod
    def of(cls, reader: Any, turns: Sequence[tuple[str, str]]) -> "Texts":
        """Of questions and answers, each question behind one picture."""
        import torch

        words = reader.tokenizer
        places = " ".join([IMAGE_TOKEN] * GRID**2)
        found = words(
            [
                f"user {places} {question} </s> assistant {answer} </s>"
                for question, answer in turns
            ],
            padding=True,
            padding_side="right",
            return_tensors="pt",
            add_special_tokens=False,
        )
        ids, mask = found["input_ids"], found["attention_mask"]
        begins = (ids == words.convert_tokens_to_ids("assistant")).int().argmax(dim=1)
        answer = (torch.arange(ids.shape[1]) > begins[:, None]) & (mask == 1)
        return cls(ids, mask, ids.masked_fill(~answer, IGNORED))

    def inputs(self, batch: Any) -> dict[str, Any]:
        """A model's inputs for rows by number."""
        return {"input_ids": self.ids[batch], "attention_mask": self.mask[batch]}


def pixels(reader: Any, pictures: Sequence[Image.Image | bytes]) -> Any:
    """What the vision tower sees of each picture, or of its file's bytes."""
    opened = [
        Image.open(io.BytesIO(one)).convert("RGB") if isinstance(one, bytes) else one
        for one in pictures
    ]
    return reader.image_processor(opened, return_tensors="pt")["pixel_values"]
