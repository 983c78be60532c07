"""The part of the page that shows pictures and videos."""

from xml.etree.ElementTree import Element

from annotate.label_studio import names
from annotate.label_studio.elements import view
from annotate.label_studio.shape import MANY, Shape

AROUND = 150
"""Pixels of Label Studio's own bars."""

PAGER = 32
"""Pixels of the buttons that turn pictures over."""

LOWEST = 180
"""Pixels that pictures get in any case."""

VIDEO_HEIGHT = "240"


def media(shape: Shape, below: int) -> list[Element]:
    """The pictures with zoom, side by side as far as they fit, and the videos.

    They are as high as `below` pixels of controls leave them, so that these stay on the screen.
    """
    pictures = _pictures(shape, below)
    videos = [_video(number) for number in range(1, shape.videos + 1)]
    columns = 2 if len(pictures) > 1 else 1
    found = [view(*videos, style="pw-media")] if videos else []
    if pictures:
        found.append(view(*pictures, style=f"pw-media pw-zoom pw-columns-{columns}"))
    return found


def width(shape: Shape) -> str:
    """The style of the column: narrow without pictures, wide with several side by side."""
    if not (shape.pictures or shape.videos):
        return "pw-left pw-left-narrow"
    return "pw-left pw-left-wide" if 1 < shape.pictures < MANY else "pw-left"


def _pictures(shape: Shape, below: int) -> list[Element]:
    if shape.pictures == MANY:
        height = _height(below + PAGER, rows=1)
        return [_image(names.PICTURES, {"valueList": f"${names.PICTURES}"}, height)]
    height = _height(below, rows=max(1, (shape.pictures + 1) // 2))
    numbered = (names.picture(number) for number in range(1, shape.pictures + 1))
    return [_image(name, {"value": f"${name}"}, height) for name in numbered]


def _height(below: int, rows: int) -> str:
    return f"max({LOWEST // rows}px, calc((100vh - {AROUND + below}px) / {rows}))"


def _image(name: str, source: dict[str, str], height: str) -> Element:
    attributes = {"zoom": "true", "zoomControl": "true", "selectionControl": "false"}
    sizes = {"maxWidth": "100%", "maxHeight": height, "horizontalAlignment": "center"}
    return Element("Image", {"name": name, **source, **attributes, **sizes})


def _video(number: int) -> Element:
    name = names.video(number)
    return Element("Video", {"name": name, "value": f"${name}", "height": VIDEO_HEIGHT})
