"""A policy with something to align, stopped short of its best: FOLDER STEPS.

As vision-language models are made: the vision tower first learns to name what it sees, then the
rest learns to answer. DPO then begins where it still errs. One core, about a minute.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.align import tiny
from benchmarks.align.batches import Texts, pixels
from benchmarks.align.pairs import pairs
from benchmarks.align.scenes import GRID, MARKS, THINGS, Scene, Thing, drawn, filled

BATCH, RATE, WARMUP = 64, 1e-3, 50
ALL = (*THINGS, *MARKS)
PICTURES, EPOCHS = 6_000, 12


def make(folder: Path, steps: int) -> None:
    """Write the model after so many steps of supervised training, and its processor."""
    import torch

    reader = tiny.processor()
    model = tiny.model(reader, seed=0)
    torch.manual_seed(0)
    _open_eyes(model.model.vision_tower, reader)
    _teach(model, reader, steps)
    model.save_pretrained(folder)
    reader.save_pretrained(folder)


def _open_eyes(tower: Any, reader: Any) -> None:
    """Teach the vision tower which thing, or none, is in each cell, and which left of it."""
    import torch

    rng = Random("eyes")
    scenes = [filled({}, ALL, rng) for _ in range(PICTURES)]
    seen = pixels(reader, [drawn(scene, rng) for scene in scenes])
    names = {thing: 1 + place for place, thing in enumerate(ALL)}
    found = torch.tensor([_cells(scene, names) for scene in scenes])
    heads = torch.nn.Linear(tower.config.hidden_size, 2 * (1 + len(names)))
    optimizer = torch.optim.AdamW([*tower.parameters(), *heads.parameters()], lr=RATE)
    for _ in range(EPOCHS):
        for batch in torch.randperm(PICTURES).split(BATCH):
            told = heads(tower(seen[batch]).last_hidden_state[:, 1:]).unflatten(-1, (2, -1))
            loss = torch.nn.functional.cross_entropy(told.flatten(0, 2), found[batch].flatten())
            _step(loss, optimizer)


def _cells(scene: Scene, names: Mapping[Thing, int]) -> list[tuple[int, int]]:
    """What is in each cell and left of it, by number; 0 is nothing."""
    numbers = [names[scene[cell]] if cell in scene else 0 for cell in range(GRID * GRID)]
    return [
        (number, numbers[cell - 1] if cell % GRID else 0) for cell, number in enumerate(numbers)
    ]


def _teach(model: Any, reader: Any, steps: int) -> None:
    """Supervised training on right answers, each seen once; the eyes stay as they are."""
    import torch

    model.model.vision_tower.requires_grad_(False)
    rows = pairs(steps * BATCH, "policy")
    texts = Texts.of(reader, [(row.question, row.truth) for row in rows])
    seen = pixels(reader, [row.picture for row in rows])
    optimizer = torch.optim.AdamW([it for it in model.parameters() if it.requires_grad], lr=RATE)
    warming = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, step / WARMUP))
    for batch in torch.randperm(len(rows)).split(BATCH):
        inputs = texts.inputs(batch)
        loss = model(**inputs, pixel_values=seen[batch], labels=texts.labels[batch]).loss
        _step(loss, optimizer)
        warming.step()


def _step(loss: Any, optimizer: Any) -> None:
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
