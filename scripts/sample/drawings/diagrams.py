"""Flow diagrams and tables."""

from collections.abc import Mapping, Sequence

from PIL import Image

from scripts.sample.drawings.canvas import COLOURS, GRID, INK, MUTED, Canvas, Point

FILLS = {"start": "#d9efe2", "step": "#dde9f8", "ask": "#fdf0cf", "end": "#f7dada"}
EDGES = {"start": "green", "step": "blue", "ask": "orange", "end": "red"}
HALF_WIDTH, HALF_HEIGHT = 62.0, 23.0
REACHES = {"ask": (74.0, 35.0)}


def flow(
    *,
    title: str,
    boxes: Mapping[str, Sequence[str]],
    places: Mapping[str, Sequence[float]],
    arrows: Sequence[Sequence[str]],
) -> Image.Image:
    """Boxes (kind, words) at their places, joined by arrows (from, to, words beside it)."""
    canvas = Canvas()
    canvas.title(title)
    middles = {name: (place[0], place[1]) for name, place in places.items()}
    reaches = {
        name: REACHES.get(kind, (HALF_WIDTH, HALF_HEIGHT)) for name, (kind, _) in boxes.items()
    }
    for start, end, *beside in arrows:
        asks = boxes[end][0] == "ask"
        _join(
            canvas,
            (middles[start], middles[end]),
            (reaches[start], reaches[end]),
            "".join(beside),
            down_first=asks,
        )
    for name, (kind, words) in boxes.items():
        _box(canvas, middles[name], kind, words)
    return canvas.finished()


def _box(canvas: Canvas, middle: Point, kind: str, words: str) -> None:
    x, y = middle
    if kind == "ask":
        outer = [(x - 74, y), (x, y - 35), (x + 74, y), (x, y + 35)]
        canvas.polygon(outer, FILLS[kind])
        canvas.line([*outer, outer[0]], EDGES[kind], 2)
    else:
        corners = (x - HALF_WIDTH, y - HALF_HEIGHT, x + HALF_WIDTH, y + HALF_HEIGHT)
        radius = HALF_HEIGHT if kind in ("start", "end") else 6
        canvas.box(corners, FILLS[kind], EDGES[kind], radius=radius)
    canvas.text(x, y, words, 14)


def _join(
    canvas: Canvas,
    ends: tuple[Point, Point],
    reaches: tuple[Point, Point],
    words: str,
    *,
    down_first: bool,
) -> None:
    """An arrow along the grid from edge to edge, with its words in the middle of the gap."""
    (x0, y0), (x1, y1) = ends
    (wide0, high0), (wide1, high1) = reaches
    side, way = (1 if x1 > x0 else -1), (1 if y1 > y0 else -1)
    left, right = x0 + side * wide0, x1 - side * (wide1 + 2)
    top, bottom = y0 + way * high0, y1 - way * (high1 + 2)
    if abs(x0 - x1) < 1:
        canvas.arrow([(x0, y0), (x0, bottom)], width=2)
        canvas.text(x0 + 9, (top + bottom) / 2 - 3, words, 13, MUTED, anchor="lm")
    elif abs(y0 - y1) < 1:
        canvas.arrow([(x0, y0), (right, y0)], width=2)
        canvas.text((left + right) / 2 - side * 2, y0 - 12, words, 13, MUTED)
    elif down_first:
        canvas.arrow([(x0, y0), (x0, y1), (right, y1)], width=2)
        canvas.text((left + right) / 2, y1 - 12, words, 13, MUTED)
    else:
        canvas.arrow([(x0, y0), (x1, y0), (x1, bottom)], width=2)
        canvas.text((left + x1) / 2, y0 - 12, words, 13, MUTED)


def table(
    *, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], colour: str = "blue"
) -> Image.Image:
    """A table with a coloured head and striped rows; the first column is names."""
    canvas = Canvas()
    canvas.title(title)
    tall = min(44.0, 280 / (len(rows) + 1))
    widths = [1.5] + [1.0] * (len(columns) - 1)
    edges = [20 + 440 * sum(widths[:number]) / sum(widths) for number in range(len(widths) + 1)]
    canvas.box((20, 52, 460, 52 + tall), COLOURS[colour], radius=5)
    for number, cells in enumerate([columns, *rows]):
        middle = 52 + tall * (number + 0.5)
        if number and number % 2 == 0:
            canvas.box((20, middle - tall / 2, 460, middle + tall / 2), "#f1f5f9")
        for place, cell in enumerate(cells):
            ink = "white" if number == 0 else INK
            if place == 0:
                canvas.text(edges[0] + 12, middle, cell, 15, ink, anchor="lm")
            else:
                canvas.text((edges[place] + edges[place + 1]) / 2, middle, cell, 15, ink)
    bottom = 52 + tall * (len(rows) + 1)
    canvas.line([(20, bottom), (460, bottom)], GRID, 1.5)
    return canvas.finished()
