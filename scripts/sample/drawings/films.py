"""Short films as frames in order: what changes from one to the next is what is asked about."""

from collections.abc import Sequence

from PIL import Image

from scripts.sample.drawings.canvas import INK, Canvas

WIDTH, HEIGHT = 320, 240


def ball(*, places: Sequence[tuple[float, float]], colour: str = "red") -> list[Image.Image]:
    """A ball that comes from the left, over a floor and against a wall."""
    frames = []
    for x, y in places:
        canvas = Canvas(WIDTH, HEIGHT, "#eaf3fb")
        canvas.box((0, 200, WIDTH, HEIGHT), "#c8b79c")
        canvas.box((286, 70, 304, 200), "#8a5a44")
        canvas.disc(x, y, 19, colour)
        canvas.disc(x - 6, y - 7, 5, "white")
        frames.append(canvas.finished())
    return frames


def glass(*, levels: Sequence[int], colour: str = "orange") -> list[Image.Image]:
    """A measuring glass of 500 ml; `levels` in ml, one a frame."""
    frames = []
    for level in levels:
        canvas = Canvas(WIDTH, HEIGHT, "#f5f7fa")
        height = 205 - level * 0.33
        canvas.box((110, height, 210, 206), colour)
        canvas.line([(108, 30), (108, 208), (212, 208), (212, 30)], INK, 4)
        for mark in range(100, 501, 100):
            y = 205 - mark * 0.33
            canvas.line([(196, y), (212, y)], INK, 2)
            canvas.text(222, y, f"{mark} ml", 13, anchor="lm")
        frames.append(canvas.finished())
    return frames


def crossing(*, steps: Sequence[tuple[str, float]]) -> list[Image.Image]:
    """A car (by its x) before a traffic light (by its colour)."""
    frames = []
    for light, x in steps:
        canvas = Canvas(WIDTH, HEIGHT, "#d6ebf7")
        canvas.box((0, 170, WIDTH, HEIGHT), "#5d666e")
        canvas.box((226, 172, 234, HEIGHT), "white")
        canvas.box((242, 84, 247, 172), "#39424a")
        canvas.box((231, 30, 258, 96), "#22272b", radius=6)
        for y, name in ((43, "red"), (63, "yellow"), (83, "green")):
            canvas.disc(244.5, y, 8, name if name == light else "#4a535b")
        _car(canvas, x)
        frames.append(canvas.finished())
    return frames


def _car(canvas: Canvas, x: float) -> None:
    canvas.polygon([(x - 28, 180), (x - 17, 160), (x + 16, 160), (x + 29, 180)], "blue")
    canvas.box((x - 14, 164, x + 12, 178), "#d8eef8", radius=3)
    canvas.box((x - 44, 178, x + 44, 200), "blue", radius=8)
    for side in (-25, 25):
        canvas.disc(x + side, 201, 11, "#22272b")
        canvas.disc(x + side, 201, 4, "#b8c0c6")
