"""Geometry: points joined by lines, with lengths, angles and circles marked."""

from collections.abc import Mapping, Sequence
from math import atan2, cos, degrees, hypot, radians, sin

from PIL import Image

from scripts.sample.drawings.canvas import INK, Canvas, Point


def figure(
    *,
    points: Mapping[str, Sequence[float]],
    edges: Sequence[Sequence[str]],
    title: str = "",
    fill: str = "",
    angles: Sequence[Sequence[str]] = (),
    right: Sequence[Sequence[str]] = (),
    circles: Sequence[Sequence[float]] = (),
    dashed: Sequence[Sequence[str]] = (),
    hidden: Sequence[str] = (),
    tint: str = "#e3edfa",
) -> Image.Image:
    """A figure drawn true to its measures.

    edges are (from, to, length in words), angles (from, vertex, to, size in words), right angles
    (from, vertex, to), circles (x, y, radius); fill names the corners of the tinted shape.
    """
    canvas = Canvas()
    canvas.title(title)
    places = {name: (place[0], place[1]) for name, place in points.items()}
    heart = _middle([places[name] for name in fill] if fill else list(places.values()))
    for x, y, radius in circles:
        canvas.disc(x, y, radius, tint, INK, width=2.5)
    if fill:
        canvas.polygon([places[name] for name in fill], tint)
    for one, other, words in dashed:
        canvas.dashes(places[one], places[other])
        _measure(canvas, places[one], places[other], words, heart)
    for one, vertex, other, words in angles:
        _angle(canvas, places[one], places[vertex], places[other], words)
    for one, vertex, other in right:
        _right_angle(canvas, places[one], places[vertex], places[other])
    for one, other, words in edges:
        canvas.line([places[one], places[other]], INK, 2.5)
        _measure(canvas, places[one], places[other], words, heart)
    for name, place in places.items():
        if name not in hidden:
            _name(canvas, place, name, heart)
    return canvas.finished()


def _middle(places: Sequence[Point]) -> Point:
    return (sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places))


def _away(place: Point, heart: Point, distance: float) -> Point:
    """The place moved away from the figure's heart, so that words stand outside of it."""
    x, y = place[0] - heart[0], place[1] - heart[1]
    length = hypot(x, y) or 1
    return (place[0] + x / length * distance, place[1] + y / length * distance)


def _measure(canvas: Canvas, one: Point, other: Point, words: str, heart: Point) -> None:
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    across = (other[1] - one[1], one[0] - other[0])
    length = hypot(*across) or 1
    side = 1 if across[0] * (middle[0] - heart[0]) + across[1] * (middle[1] - heart[1]) >= 0 else -1
    reach = side * (16 + 2.2 * len(words) * abs(across[0]) / length)
    canvas.text(
        middle[0] + across[0] / length * reach, middle[1] + across[1] / length * reach, words, 16
    )


def _angle(canvas: Canvas, one: Point, vertex: Point, other: Point, words: str) -> None:
    first = degrees(atan2(one[1] - vertex[1], one[0] - vertex[0]))
    last = degrees(atan2(other[1] - vertex[1], other[0] - vertex[0]))
    if (last - first) % 360 > 180:
        first, last = last, first
    wide = (last - first) % 360
    canvas.arc(*vertex, 30, (first, first + wide), "red")
    middle = radians(first + wide / 2)
    reach = 52 if wide > 35 else 66
    canvas.text(vertex[0] + reach * cos(middle), vertex[1] + reach * sin(middle), words, 15, "red")


def _right_angle(canvas: Canvas, one: Point, vertex: Point, other: Point) -> None:
    corner = []
    for end in (one, other):
        length = hypot(end[0] - vertex[0], end[1] - vertex[1])
        corner.append(((end[0] - vertex[0]) / length * 18, (end[1] - vertex[1]) / length * 18))
    (x0, y0), (x1, y1) = corner
    x, y = vertex
    canvas.line([(x + x0, y + y0), (x + x0 + x1, y + y0 + y1), (x + x1, y + y1)], "red", 2)


def _name(canvas: Canvas, place: Point, name: str, heart: Point) -> None:
    canvas.disc(*place, 3.5, INK)
    inside = hypot(place[0] - heart[0], place[1] - heart[1]) < 1
    x, y = (place[0] - 30, place[1]) if inside else _away(place, heart, 17)
    canvas.text(x, y, name, 17)
