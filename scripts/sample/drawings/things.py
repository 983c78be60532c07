"""Single things to read: clocks, maps, dice, thermometers, calendars and boards of shapes."""

from collections.abc import Sequence
from math import cos, radians, sin

from PIL import Image

from scripts.sample.drawings.canvas import GRID, INK, MUTED, Canvas

SHAPE_COLOURS = {"R": "red", "B": "blue", "G": "green", "Y": "yellow", "P": "purple", "O": "orange"}
PIPS = {
    1: (4,),
    2: (0, 8),
    3: (0, 4, 8),
    4: (0, 2, 6, 8),
    5: (0, 2, 4, 6, 8),
    6: (0, 2, 3, 5, 6, 8),
}


def clock(*, hour: int, minute: int, caption: str = "", colour: str = "blue") -> Image.Image:
    """A round clock with twelve numbers and two hands."""
    canvas = Canvas(background="#f3f6f9")
    x, y = 240, 186 if not caption else 172
    canvas.disc(x, y, 148, colour)
    canvas.disc(x, y, 136, "white")
    for tick in range(60):
        turn = radians(6 * tick - 90)
        inner = 122 if tick % 5 == 0 else 128
        ends = [(x + reach * cos(turn), y + reach * sin(turn)) for reach in (inner, 132)]
        canvas.line(ends, INK, 3 if tick % 5 == 0 else 1)
    for number in range(1, 13):
        turn = radians(30 * number - 90)
        canvas.text(x + 104 * cos(turn), y + 104 * sin(turn), str(number), 20)
    for turn, reach, width in ((30 * hour + minute / 2, 56, 7), (6 * minute, 86, 4)):
        way = radians(turn - 90)
        canvas.line([(x, y), (x + reach * cos(way), y + reach * sin(way))], INK, width)
    canvas.disc(x, y, 7, "red")
    canvas.text(240, 342, caption, 17)
    return canvas.finished()


def town(
    *,
    title: str,
    columns: Sequence[str],
    rows: Sequence[str],
    places: Sequence[tuple[str, float, float, str]],
    scale: str = "",
    route: Sequence[Sequence[float]] = (),
) -> Image.Image:
    """A town map, north up: streets both ways, places (name, column, row, colour), a route."""
    canvas = Canvas(background="#eef1e6")
    across = [100 + 300 * number / (len(columns) - 1) for number in range(len(columns))]
    down = [96 + 200 * number / (len(rows) - 1) for number in range(len(rows))]
    for x, name in zip(across, columns, strict=True):
        canvas.line([(x, 62), (x, 332)], "white", 16)
        canvas.text(x, 52, name, 13, MUTED)
    for y, name in zip(down, rows, strict=True):
        canvas.line([(78, y), (430, y)], "white", 16)
        canvas.text(70, y, name, 13, MUTED, anchor="rm")
    if route:
        points = [(_on(across, x), _on(down, y)) for x, y in route]
        canvas.arrow(points, "red", 4)
    for name, column, row, colour in places:
        x, y = _on(across, column), _on(down, row)
        canvas.disc(x, y, 11, "white")
        canvas.disc(x, y, 9, colour)
        canvas.text(x + 15, y + 17, name, 14, anchor="lm")
    canvas.text(240, 24, title, 19)
    canvas.arrow([(452, 120), (452, 84)], INK, 2.5)
    canvas.text(452, 72, "N", 15)
    if scale:
        canvas.line([(340, 344), (440, 344)], INK, 2.5)
        canvas.text(332, 344, scale, 13, anchor="rm")
    return canvas.finished()


def dice(*, values: Sequence[int], colours: Sequence[str]) -> Image.Image:
    """Dice in a row on a green table."""
    canvas = Canvas(background="#2f7d5b")
    room = 460 / len(values)
    side = min(110.0, room * 0.78)
    for place, (value, colour) in enumerate(zip(values, colours, strict=True)):
        x, y = 10 + room * (place + 0.5), 180.0
        corners = (x - side / 2, y - side / 2, x + side / 2, y + side / 2)
        canvas.box(_shifted(corners, 5), "#22604a", radius=side * 0.16)
        canvas.box(corners, colour, radius=side * 0.16)
        for pip in PIPS[value]:
            canvas.disc(
                x + (pip % 3 - 1) * side * 0.27,
                y + (pip // 3 - 1) * side * 0.27,
                side * 0.085,
                "black" if colour in ("white", "yellow") else "white",
            )
    return canvas.finished()


def _shifted(
    corners: tuple[float, float, float, float], by: float
) -> tuple[float, float, float, float]:
    """The corners moved right and down, for a shadow."""
    left, top, right, bottom = corners
    return (left + by, top + by, right + by, bottom + by)


def thermometers(*, title: str, readings: Sequence[tuple[str, int]]) -> Image.Image:
    """Thermometers from -10 to 40 degrees Celsius, side by side."""
    canvas = Canvas()
    canvas.title(title)
    room = 420 / len(readings)
    for place, (name, value) in enumerate(readings):
        x = 30 + room * (place + 0.5)
        canvas.box((x - 11, 56, x + 11, 290), "#f1f4f7", MUTED, radius=11)
        level = _mercury(value)
        canvas.disc(x, 292, 19, "red", MUTED)
        canvas.box((x - 6, level, x + 6, 292), "red", radius=3)
        for mark in range(-10, 41, 5):
            long = 11 if mark % 10 == 0 else 6
            canvas.line([(x + 14, _mercury(mark)), (x + 14 + long, _mercury(mark))], INK, 1.5)
            if mark % 10 == 0:
                canvas.text(x + 31, _mercury(mark), f"{mark}°", 13, MUTED, anchor="lm")
        canvas.text(x, 332, name, 16)
    return canvas.finished()


def calendar(
    *, title: str, first: int, days: int, marks: Sequence[tuple[int, str, str]]
) -> Image.Image:
    """A month; `first` is the weekday of the 1st (0 is Monday), marks (day, word, colour)."""
    canvas = Canvas()
    canvas.title(title)
    marked = {day: (word, colour) for day, word, colour in marks}
    for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        canvas.text(49 + number * 63.5, 56, name, 14, MUTED)
    rows = (first + days + 6) // 7
    tall = 276 / rows
    for day in range(1, days + 1):
        row, column = divmod(first + day - 1, 7)
        left, top = 18 + column * 63.5, 70 + row * tall
        word, colour = marked.get(day, ("", "white"))
        canvas.box((left, top, left + 62, top + tall - 2), colour, GRID, 1, radius=4)
        ink = "white" if word else INK
        canvas.text(left + 8, top + 13, str(day), 14, ink, anchor="lm")
        canvas.text(left + 31, top + tall - 17, word, 13, ink)
    return canvas.finished()


def board(*, rows: Sequence[str], title: str = "", background: str = "#f7f4ec") -> Image.Image:
    """A board of shapes: each row is words of a colour's letter and a shape's (c, s, t, x)."""
    canvas = Canvas(background=background)
    canvas.title(title)
    top = 48 if title else 14
    tall = (346 - top) / len(rows)
    for row, words in enumerate(rows):
        cells = words.split()
        for column, cell in enumerate(cells):
            x = 240 + (column - (len(cells) - 1) / 2) * 440 / max(len(cells), 5)
            if cell != "--":
                _shape(canvas, cell, x, top + tall * (row + 0.5), min(tall * 0.36, 34))
    return canvas.finished()


def _shape(canvas: Canvas, cell: str, x: float, y: float, size: float) -> None:
    colour = SHAPE_COLOURS[cell[0]]
    if cell[1] == "c":
        canvas.disc(x, y, size, colour)
    elif cell[1] == "s":
        canvas.box(
            (x - size * 0.9, y - size * 0.9, x + size * 0.9, y + size * 0.9), colour, radius=3
        )
    elif cell[1] == "t":
        canvas.polygon(
            [(x, y - size), (x - size, y + size * 0.8), (x + size, y + size * 0.8)], colour
        )
    else:
        canvas.star(x, y, size * 1.1, colour)


def _on(lines: Sequence[float], place: float) -> float:
    """A place between lines: 1.5 is half-way from the second to the third."""
    return lines[0] + (lines[-1] - lines[0]) * place / (len(lines) - 1)


def _mercury(value: float) -> float:
    return 268 - (value + 10) * 4.0
