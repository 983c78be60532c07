"""A canvas of the sample's pictures: drawn three times too large, then scaled down for soft edges.

All lengths are in pixels of the finished picture, angles in degrees clockwise from three o'clock.
"""

from collections.abc import Sequence
from functools import cache
from math import atan2, cos, hypot, radians, sin

from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]

OVERSIZE = 3
INK = "#22303c"
MUTED = "#64727e"
GRID = "#dde4ea"
PAPER = "#ffffff"
COLOURS = {
    "blue": "#3b7dd8",
    "orange": "#f28c38",
    "green": "#3fa66b",
    "red": "#d64b4b",
    "purple": "#8a66bd",
    "yellow": "#f3c23c",
    "teal": "#2aa3a3",
    "pink": "#e88bb0",
    "brown": "#8c5f3c",
    "grey": "#9aa5ae",
    "black": "#2b2f33",
    "white": "#ffffff",
}
SERIES = ("blue", "orange", "green", "purple", "red", "teal", "yellow", "pink")


def colour_of(name: str) -> str:
    """The hex code of one of our colours; a hex code is itself."""
    return name if name.startswith("#") else COLOURS[name]


class Canvas:
    """A picture in the making."""

    def __init__(self, width: int = 480, height: int = 360, background: str = PAPER) -> None:
        self.width = width
        self.height = height
        size = (width * OVERSIZE, height * OVERSIZE)
        self._image = Image.new("RGB", size, colour_of(background))
        self._draw = ImageDraw.Draw(self._image)

    def finished(self) -> Image.Image:
        """The picture at its real size."""
        return self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def line(self, points: Sequence[Point], colour: str = INK, width: float = 2) -> None:
        """A line through the points with round ends and joints."""
        ends = [_large(point) for point in points]
        thick = round(width * OVERSIZE)
        self._draw.line(ends, fill=colour_of(colour), width=thick, joint="curve")
        for x, y in points[:: max(1, len(points) - 1)]:
            self.disc(x, y, width / 2, colour)

    def dashes(self, start: Point, end: Point, colour: str = MUTED, width: float = 1.5) -> None:
        """A dashed straight line."""
        length = hypot(end[0] - start[0], end[1] - start[1])
        count = max(1, int(length // 10))
        for number in range(count):
            first, last = number / count, (number + 0.55) / count
            self.line([_between(start, end, first), _between(start, end, last)], colour, width)

    def arrow(self, points: Sequence[Point], colour: str = MUTED, width: float = 2.5) -> None:
        """A line with a head at its last point."""
        (x0, y0), (x1, y1) = points[-2], points[-1]
        turn = atan2(y1 - y0, x1 - x0)
        neck = (x1 - 7 * cos(turn), y1 - 7 * sin(turn))
        self.line([*points[:-1], neck], colour, width)
        wings = [(x1 - 11 * cos(turn + side), y1 - 11 * sin(turn + side)) for side in (-0.45, 0.45)]
        self.polygon([(x1, y1), *wings], colour)

    def box(
        self,
        corners: tuple[float, float, float, float],
        fill: str | None,
        outline: str | None = None,
        width: float = 2,
        *,
        radius: float = 0,
    ) -> None:
        """A rectangle from its left, top, right and bottom."""
        self._draw.rounded_rectangle(
            tuple(round(value * OVERSIZE) for value in corners),
            radius * OVERSIZE,
            fill=None if fill is None else colour_of(fill),
            outline=None if outline is None else colour_of(outline),
            width=round(width * OVERSIZE),
        )

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str | None,
        outline: str | None = None,
        *,
        width: float = 2,
    ) -> None:
        """A circle around a point."""
        self._draw.ellipse(
            _around(x, y, radius),
            fill=None if fill is None else colour_of(fill),
            outline=None if outline is None else colour_of(outline),
            width=round(width * OVERSIZE),
        )

    def wedge(
        self, x: float, y: float, radius: float, span: tuple[float, float], fill: str
    ) -> None:
        """A slice of a circle."""
        self._draw.pieslice(_around(x, y, radius), *span, fill=colour_of(fill))

    def arc(
        self, x: float, y: float, radius: float, span: tuple[float, float], colour: str = INK
    ) -> None:
        """A part of a circle's line."""
        self._draw.arc(_around(x, y, radius), *span, fill=colour_of(colour), width=2 * OVERSIZE)

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """A filled shape."""
        self._draw.polygon([_large(point) for point in points], fill=colour_of(fill))

    def star(self, x: float, y: float, radius: float, fill: str) -> None:
        """A star with five points."""
        tips = [
            (x + reach * sin(radians(36 * step)), y - reach * cos(radians(36 * step)))
            for step in range(10)
            for reach in [radius if step % 2 == 0 else radius * 0.42]
        ]
        self.polygon(tips, fill)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int = 15,
        colour: str = INK,
        *,
        anchor: str = "mm",
    ) -> None:
        """Words at a point; several lines where they hold newlines. Anchors are Pillow's."""
        lines = words.split("\n")
        top = y - (len(lines) - 1) * size * 0.6
        for number, line in enumerate(lines):
            place = _large((x, top + number * size * 1.2))
            self._draw.text(place, line, colour_of(colour), _font(size), anchor=anchor)

    def title(self, words: str) -> None:
        """The picture's headline."""
        self.text(self.width / 2, 24, words, 19)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size * OVERSIZE)


def _large(point: Point) -> Point:
    return (point[0] * OVERSIZE, point[1] * OVERSIZE)


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    left, top = _large((x - radius, y - radius))
    right, bottom = _large((x + radius, y + radius))
    return (left, top, right, bottom)


def _between(start: Point, end: Point, share: float) -> Point:
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
