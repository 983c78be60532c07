"""The media's bytes: what is drawn, and what is made from drawings on purpose."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from PIL import Image

from scripts.sample.cases import Theme
from scripts.sample.drawings.registry import FILMS, PICTURES
from scripts.sample.png import blank_png, png_of

FOLDER = "media"
BOMB_SIDE = 30_000
QUALITY = 88


class Media:
    """Files by their path in the sample, and the path a prompt writes by the medium's name."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        self.files: dict[str, bytes] = {}
        self.paths: dict[str, str] = {}
        self._drawn: dict[str, Image.Image] = {}
        for theme in list(themes):
            for name, values in theme.pictures.items():
                self._picture(name, dict(values))
            for name, values in theme.films.items():
                self._film(name, dict(values))
            for name, how in theme.files.items():
                self._made(name, how)

    def _picture(self, name: str, values: dict[str, Any]) -> None:
        jpeg, draw = values.pop("jpeg", False), values.pop("draw")
        image = PICTURES[draw](**values)
        self._drawn[name] = image
        self._keep(name, "jpg" if jpeg else "png", _jpeg_of(image) if jpeg else png_of(image))

    def _film(self, name: str, values: dict[str, Any]) -> None:
        frames = FILMS[values.pop("draw")](**values)
        self.paths[name] = f"{FOLDER}/{name}"
        for number, frame in enumerate(frames, start=1):
            self.files[f"{FOLDER}/{name}/{number:03d}.png"] = png_of(frame)

    def _made(self, name: str, how: Mapping[str, str]) -> None:
        """A fault's picture: packed again, cut in half, far too large, or not there at all."""
        if how["make"] == "jpeg":
            self._keep(name, "jpg", _jpeg_of(self._drawn[how["of"]]))
        elif how["make"] == "half":
            whole = png_of(self._drawn[how["of"]])
            self._keep(name, "png", whole[: len(whole) // 2])
        elif how["make"] == "blank":
            self._keep(name, "png", blank_png(BOMB_SIDE))
        else:
            self.paths[name] = f"{FOLDER}/{name}.png"

    def _keep(self, name: str, ending: str, data: bytes) -> None:
        self.paths[name] = f"{FOLDER}/{name}.{ending}"
        self.files[self.paths[name]] = data


def _jpeg_of(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()
