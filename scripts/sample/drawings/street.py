"""Street scenes put together from simple shapes."""

from collections.abc import Callable, Mapping, Sequence

from PIL import Image

from scripts.sample.drawings.canvas import Canvas, colour_of

GROUND = 262.0
Painter = Callable[[Canvas, float, str], None]


def street(*, things: Sequence[tuple[str, float, str]], night: bool = False) -> Image.Image:
    """Things (kind, x of their middle, colour) along a street, those behind named first."""
    canvas = Canvas(background="#26324f" if night else "#cfe8f7")
    canvas.box((0, GROUND, 480, 284), "#7d8a93" if night else "#c9ced2")
    canvas.box((0, 284, 480, 360), "#3d444b" if night else "#5d666e")
    for left in range(14, 480, 64):
        canvas.box((left, 320, left + 34, 325), "#e9d98a")
    for kind, x, colour in things:
        PAINTERS[kind](canvas, x, colour)
    return canvas.finished()


def _sun(canvas: Canvas, x: float, colour: str) -> None:
    canvas.disc(x, 54, 27, colour)


def _moon(canvas: Canvas, x: float, colour: str) -> None:
    canvas.disc(x, 54, 24, colour)
    canvas.disc(x + 11, 47, 20, "#26324f")


def _sky_star(canvas: Canvas, x: float, colour: str) -> None:
    canvas.star(x, 28 + (x * 7) % 60, 6, colour)


def _cloud(canvas: Canvas, x: float, colour: str) -> None:
    for shift, lift, radius in ((-22, 4, 15), (0, -5, 20), (22, 4, 15)):
        canvas.disc(x + shift, 62 + lift, radius, colour)
    canvas.box((x - 24, 62, x + 24, 81), colour, radius=8)


def _house(canvas: Canvas, x: float, colour: str) -> None:
    canvas.polygon([(x - 58, 160), (x, 106), (x + 58, 160)], "#7a4b3a")
    canvas.box((x - 48, 160, x + 48, GROUND), colour)
    canvas.box((x - 12, 212, x + 12, GROUND), "#5b3a29", radius=2)
    canvas.disc(x + 6, 239, 2, "yellow")
    for side in (-32, 32):
        canvas.box((x + side - 11, 176, x + side + 11, 198), "#fdf6d8", "#5b3a29", 2)


def _shop(canvas: Canvas, x: float, colour: str) -> None:
    canvas.box((x - 62, 150, x + 62, GROUND), "#f2e6d3")
    for number in range(8):
        left = x - 66 + number * 16.5
        canvas.box((left, 150, left + 16.5, 176), colour if number % 2 == 0 else "white")
    canvas.box((x - 52, 190, x + 10, 240), "#bfe0ee", "#6d5a45", 2)
    canvas.box((x + 22, 192, x + 50, GROUND), "#6d5a45", radius=2)
    canvas.box((x - 50, 124, x + 50, 148), colour, radius=4)
    canvas.text(x, 136, "BAKERY" if colour == "orange" else "SHOP", 15, "white")


def _tower(canvas: Canvas, x: float, colour: str) -> None:
    canvas.box((x - 36, 84, x + 36, GROUND), colour)
    for row in range(5):
        for side in (-20, 0, 20):
            canvas.box((x + side - 6, 96 + row * 30, x + side + 6, 114 + row * 30), "#fdf6d8")


def _tree(canvas: Canvas, x: float, colour: str) -> None:
    canvas.box((x - 6, 206, x + 6, GROUND + 4), "brown")
    for shift, lift, radius in ((-16, 6, 21), (16, 6, 21), (0, -16, 25)):
        canvas.disc(x + shift, 190 + lift, radius, colour)


def _pine(canvas: Canvas, x: float, colour: str) -> None:
    canvas.box((x - 5, 240, x + 5, GROUND + 4), "brown")
    for top, half in ((134, 20), (164, 27), (196, 34)):
        canvas.polygon([(x, top), (x - half, top + 50), (x + half, top + 50)], colour)


def _lamp(canvas: Canvas, x: float, colour: str) -> None:
    canvas.box((x - 3, 150, x + 3, GROUND + 8), "#39424a")
    canvas.box((x - 8, GROUND + 2, x + 8, GROUND + 10), "#39424a", radius=2)
    canvas.disc(x, 144, 13, colour, "#39424a", width=3)


def _car(canvas: Canvas, x: float, colour: str) -> None:
    canvas.polygon([(x - 30, 278), (x - 18, 256), (x + 18, 256), (x + 32, 278)], colour)
    canvas.polygon([(x - 22, 277), (x - 14, 261), (x - 2, 261), (x - 2, 277)], "#d8eef8")
    canvas.polygon([(x + 22, 277), (x + 14, 261), (x + 3, 261), (x + 3, 277)], "#d8eef8")
    canvas.box((x - 50, 276, x + 50, 302), colour, radius=9)
    _wheels(canvas, (x - 28, x + 28), 303)


def _bus(canvas: Canvas, x: float, colour: str) -> None:
    canvas.box((x - 84, 226, x + 84, 302), colour, radius=9)
    for number in range(5):
        left = x - 76 + number * 29
        canvas.box((left, 236, left + 23, 260), "#d8eef8", radius=3)
    canvas.box((x + 66, 236, x + 80, 298), "#d8eef8", radius=3)
    _wheels(canvas, (x - 50, x + 46), 303)


def _wheels(canvas: Canvas, middles: Sequence[float], y: float) -> None:
    for middle in middles:
        canvas.disc(middle, y, 12, "#22272b")
        canvas.disc(middle, y, 5, "#b8c0c6")


def _bike(canvas: Canvas, x: float, colour: str) -> None:
    for side in (-21, 21):
        canvas.disc(x + side, 262, 15, None, "#22272b", width=3)
    canvas.line(
        [(x - 21, 262), (x - 8, 240), (x + 13, 240), (x - 2, 262), (x - 21, 262)], colour, 3
    )
    canvas.line([(x + 21, 262), (x + 11, 230), (x + 19, 228)], colour, 3)
    canvas.line([(x - 2, 262), (x - 10, 234)], colour, 3)
    canvas.line([(x - 16, 233), (x - 4, 233)], "#22272b", 4)


def _person(canvas: Canvas, x: float, colour: str) -> None:
    canvas.line([(x - 5, 262), (x - 5, 238), (x + 5, 238), (x + 5, 262)], "#37424c", 6)
    canvas.box((x - 11, 204, x + 11, 242), colour, radius=8)
    canvas.disc(x, 192, 10, "#e8b894")


def _umbrella(canvas: Canvas, x: float, colour: str) -> None:
    _person(canvas, x, "blue")
    canvas.line([(x + 13, 222), (x + 13, 168)], "#37424c", 2.5)
    canvas.wedge(x + 13, 184, 32, (180, 360), colour)


def _bench(canvas: Canvas, x: float, colour: str) -> None:
    for lift in (232, 242):
        canvas.box((x - 34, lift - 6, x + 34, lift), colour, radius=2)
    canvas.box((x - 36, 250, x + 36, 256), colour, radius=2)
    for side in (-26, 26):
        canvas.box((x + side - 3, 228, x + side + 3, 268), "#39424a")


def _balloon(canvas: Canvas, x: float, colour: str) -> None:
    canvas.line([(x, 138), (x + 3, 186)], "#57636d", 1.5)
    canvas.disc(x, 122, 16, colour)
    canvas.polygon([(x, 136), (x - 5, 143), (x + 5, 143)], colour)


def _bird(canvas: Canvas, x: float, colour: str) -> None:
    height = 40 + (x * 3) % 40
    for side in (-1, 1):
        canvas.line([(x, height), (x + side * 8, height - 6), (x + side * 15, height)], colour, 2.5)


def _light(canvas: Canvas, x: float, colour: str) -> None:
    canvas.box((x - 3, 196, x + 3, GROUND + 8), "#39424a")
    canvas.box((x - 13, 130, x + 13, 202), "#22272b", radius=6)
    for middle, name in ((144, "red"), (166, "yellow"), (188, "green")):
        canvas.disc(x, middle, 8.5, colour_of(name) if name == colour else "#4a535b")


PAINTERS: Mapping[str, Painter] = {
    "sun": _sun,
    "moon": _moon,
    "star": _sky_star,
    "cloud": _cloud,
    "house": _house,
    "shop": _shop,
    "tower": _tower,
    "tree": _tree,
    "pine": _pine,
    "lamp": _lamp,
    "car": _car,
    "bus": _bus,
    "bike": _bike,
    "person": _person,
    "umbrella": _umbrella,
    "bench": _bench,
    "balloon": _balloon,
    "bird": _bird,
    "light": _light,
}
