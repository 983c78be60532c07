"""Charts: bars, lines and pies, with every value to be read off them."""

from collections.abc import Mapping, Sequence
from math import cos, radians, sin

from PIL import Image

from scripts.sample.drawings.canvas import GRID, INK, MUTED, SERIES, Canvas, Point

LEFT, RIGHT, TOP, BOTTOM = 62, 456, 60, 306


def bars(
    *,
    title: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    top: float,
    step: float,
    unit: str = "",
    values: bool = True,
    colours: Sequence[str] = SERIES,
) -> Image.Image:
    """Upright bars, one group a label and one colour a series."""
    canvas = Canvas()
    canvas.title(title)
    _scale(canvas, 0, top, step, unit)
    room = (RIGHT - LEFT) / len(labels)
    thick = room * 0.68 / len(series)
    for place, label in enumerate(labels):
        middle = LEFT + room * (place + 0.5)
        canvas.text(middle, BOTTOM + 16, label, 14)
        for number, heights in enumerate(series.values()):
            left = middle + (number - len(series) / 2) * thick
            high = _height(heights[place], 0, top)
            colour = colours[number % len(colours)]
            canvas.box((left + 1, high, left + thick - 1, BOTTOM), colour)
            if values:
                canvas.text(left + thick / 2, high - 9, f"{heights[place]:g}", 13)
    canvas.line([(LEFT, BOTTOM), (RIGHT, BOTTOM)], INK, 1.5)
    _legend(canvas, list(series), colours)
    return canvas.finished()


def lying_bars(
    *,
    title: str,
    labels: Sequence[str],
    lengths: Sequence[float],
    unit: str = "",
    colour: str = "teal",
) -> Image.Image:
    """Bars from left to right with the value at the end of each."""
    canvas = Canvas()
    canvas.title(title)
    room = 270 / len(labels)
    for place, (label, length) in enumerate(zip(labels, lengths, strict=True)):
        middle = 60 + room * (place + 0.5)
        end = 130 + 270 * length / max(lengths)
        canvas.text(120, middle, label, 15, anchor="rm")
        canvas.box((130, middle - room * 0.32, end, middle + room * 0.32), colour, radius=3)
        canvas.text(end + 8, middle, f"{length:g}{unit}", 14, anchor="lm")
    canvas.line([(130, 58), (130, 332)], INK, 1.5)
    return canvas.finished()


def lines(
    *,
    title: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    low: float,
    top: float,
    step: float,
    unit: str = "",
    values: bool = False,
    colours: Sequence[str] = SERIES,
) -> Image.Image:
    """A line a series, with a dot at every value."""
    canvas = Canvas()
    canvas.title(title)
    _scale(canvas, low, top, step, unit)
    room = (RIGHT - LEFT) / len(labels)
    for place, label in enumerate(labels):
        canvas.text(LEFT + room * (place + 0.5), BOTTOM + 16, label, 14)
    for number, heights in enumerate(series.values()):
        points = [
            (LEFT + room * (place + 0.5), _height(value, low, top))
            for place, value in enumerate(heights)
        ]
        _dotted(canvas, points, colours[number % len(colours)])
        if values:
            for place, (x, y) in enumerate(points):
                shift = 16 if _is_dip(heights, place) else -15
                canvas.text(x, y + shift, f"{heights[place]:g}", 13)
    canvas.line([(LEFT, BOTTOM), (RIGHT, BOTTOM)], INK, 1.5)
    _legend(canvas, list(series), colours)
    return canvas.finished()


def pie(
    *,
    title: str,
    slices: Mapping[str, float],
    unit: str = "%",
    hole: bool = False,
    colours: Sequence[str] = SERIES,
) -> Image.Image:
    """A pie with its values in the slices and its names beside it."""
    canvas = Canvas()
    canvas.title(title)
    x, y, radius = 168, 196, 130
    start, total = -90.0, sum(slices.values())
    for number, (name, value) in enumerate(slices.items()):
        end = start + 360 * value / total
        colour = colours[number % len(colours)]
        canvas.wedge(x, y, radius, (start, end), colour)
        middle, reach = radians((start + end) / 2), radius * (0.76 if hole else 0.66)
        place = (x + reach * cos(middle), y + reach * sin(middle))
        canvas.text(*place, f"{value:g}{unit}", 15, "white")
        canvas.box((326, 96 + number * 34, 344, 114 + number * 34), colour, radius=3)
        canvas.text(353, 105 + number * 34, name, 15, anchor="lm")
        start = end
    for share in _edges(list(slices.values())):
        turn = radians(360 * share - 90)
        canvas.line([(x, y), (x + radius * cos(turn), y + radius * sin(turn))], "white", 2)
    if hole:
        canvas.disc(x, y, radius * 0.5, "white")
    return canvas.finished()


def _is_dip(heights: Sequence[float], place: int) -> bool:
    """Whether the line comes down to this value and goes up from it: its number stands below."""
    around = heights[max(0, place - 1) : place + 2]
    return len(around) > 2 and heights[place] == min(around)


def _edges(values: Sequence[float]) -> list[float]:
    return [sum(values[:number]) / sum(values) for number in range(len(values))]


def _height(value: float, low: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - low) / (top - low)


def _scale(canvas: Canvas, low: float, top: float, step: float, unit: str) -> None:
    for number in range(round((top - low) / step) + 1):
        value = low + number * step
        height = _height(value, low, top)
        canvas.line([(LEFT, height), (RIGHT, height)], GRID, 1)
        canvas.text(LEFT - 8, height, f"{value:g}{unit}", 13, MUTED, anchor="rm")


def _dotted(canvas: Canvas, points: Sequence[Point], colour: str) -> None:
    canvas.line(points, colour, 3)
    for x, y in points:
        canvas.disc(x, y, 5.5, "white")
        canvas.disc(x, y, 4, colour)


def _legend(canvas: Canvas, names: Sequence[str], colours: Sequence[str]) -> None:
    if len(names) < 2:
        return
    room = 400 / len(names)
    for number, name in enumerate(names):
        left = 62 + room * number + room / 2 - 40
        canvas.box((left, 337, left + 14, 351), colours[number % len(colours)], radius=3)
        canvas.text(left + 21, 344, name, 14, anchor="lm")
