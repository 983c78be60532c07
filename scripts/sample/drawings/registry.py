"""The drawers by the name that a text file calls them by."""

from collections.abc import Callable, Mapping

from PIL import Image

from scripts.sample.drawings import charts, diagrams, films, geometry, street, things

PICTURES: Mapping[str, Callable[..., Image.Image]] = {
    "bars": charts.bars,
    "lying_bars": charts.lying_bars,
    "lines": charts.lines,
    "pie": charts.pie,
    "flow": diagrams.flow,
    "table": diagrams.table,
    "figure": geometry.figure,
    "street": street.street,
    "clock": things.clock,
    "town": things.town,
    "dice": things.dice,
    "thermometers": things.thermometers,
    "calendar": things.calendar,
    "board": things.board,
}
FILMS: Mapping[str, Callable[..., list[Image.Image]]] = {
    "ball": films.ball,
    "glass": films.glass,
    "crossing": films.crossing,
}
