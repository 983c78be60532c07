"""Pictures of coloured shapes on a grid of three by three, drawn by seed."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

GRID, CELL = 3, 16
SIDE = GRID * CELL
SHAPES = ("circle", "square", "triangle")
BLACK = (20, 20, 20)
COLOURS = {"red": (220, 40, 40), "green": (40, 170, 60), "blue": (50, 80, 220)}
PAPER = (245, 245, 240)
EMPTY_SHARE = 0.4


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A coloured shape."""

    colour: str
    shape: str

    def __str__(self) -> str:
        return f"{self.colour} {self.shape}"


MARKS = (Thing("black", "cross"), Thing("black", "ring"))
"""What questions name by its shape alone."""

THINGS = tuple(Thing(colour, shape) for colour in COLOURS for shape in SHAPES)
Scene = Mapping[int, Thing]
"""What is in which cell; cells count from 0 at the top left, along the rows."""


def filled(scene: Scene, allowed: Iterable[Thing], rng: Random) -> dict[int, Thing]:
    """The scene with most free cells filled by allowed things."""
    things = sorted(allowed)
    free = [cell for cell in range(GRID * GRID) if cell not in scene]
    return {**scene, **{cell: rng.choice(things) for cell in free if rng.random() > EMPTY_SHARE}}


def drawn(scene: Scene, rng: Random) -> Image.Image:
    """The picture: each thing a little off its cell's middle, in a size of its own."""
    picture = Image.new("RGB", (SIDE, SIDE), PAPER)
    pen = ImageDraw.Draw(picture)
    for cell, thing in sorted(scene.items()):
        down, across = divmod(cell, GRID)
        half = rng.uniform(4.5, 6)
        x = (across + 0.5) * CELL + rng.uniform(-1.5, 1.5)
        y = (down + 0.5) * CELL + rng.uniform(-1.5, 1.5)
        _put(pen, thing, (x - half, y - half, x + half, y + half))
    return picture


def png(picture: Image.Image) -> bytes:
    """The picture as a file."""
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _put(pen: ImageDraw.ImageDraw, thing: Thing, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    colour = COLOURS.get(thing.colour, BLACK)
    if thing.shape == "circle":
        pen.ellipse(box, fill=colour)
    elif thing.shape == "square":
        pen.rectangle(box, fill=colour)
    elif thing.shape == "cross":
        pen.line((left, top, right, bottom), colour, 3)
        pen.line((left, bottom, right, top), colour, 3)
    elif thing.shape == "ring":
        pen.ellipse(box, outline=colour, width=3)
    else:
        pen.polygon([((left + right) / 2, top), (left, bottom), (right, bottom)], fill=colour)
