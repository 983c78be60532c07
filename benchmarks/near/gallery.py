"""A gallery of pictures and their versions, drawn by seed: FOLDER SHARE.

Scenes, charts in one frame, pages of lines, and tiles of the photographs that lie beside the
repository; of every tenth also its versions. A file is `<picture>-<version>.jpg`, the picture
itself `-itself`.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from tests.support.drawn import HARD_VERSIONS, Picture, chart, jpeg, page, scene, versions

PHOTOS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "photos"
SIDE = 3
KINDS: dict[str, tuple[Callable[[int], Picture], int]] = {
    "scene": (scene, 600),
    "chart": (chart, 500),
    "page": (page, 300),
}


def tiles() -> Iterator[Picture]:
    """Parts of the photographs that do not overlap."""
    for path in sorted(PHOTOS.glob("*.jpg")):
        with Image.open(path) as photo:
            picture = photo.convert("RGB")
        width, height = picture.width // SIDE, picture.height // SIDE
        for place in range(SIDE * SIDE):
            down, across = divmod(place, SIDE)
            box = (across * width, down * height, (across + 1) * width, (down + 1) * height)
            yield picture.crop(box).resize((640, 640 * height // width))


def pictures(share: float) -> Iterator[tuple[str, Picture]]:
    """Every picture by name."""
    for kind, (draw, count) in KINDS.items():
        for seed in range(int(count * share)):
            yield f"{kind}{seed}", draw(seed)
    for number, tile in enumerate(tiles()):
        yield f"photo{number}", tile


def main(folder: str, share: str) -> None:
    """Write the files."""
    target = Path(folder)
    target.mkdir(parents=True)
    for place, (name, picture) in enumerate(pictures(float(share))):
        (target / f"{name}-itself.jpg").write_bytes(jpeg(picture, 92))
        if place % 10 == 0 or name.startswith("photo"):
            for version, data in versions(picture):
                (target / f"{name}-{version}.jpg").write_bytes(data)
            for version, change in HARD_VERSIONS.items():
                (target / f"{name}-{version}.jpg").write_bytes(jpeg(change(picture)))


if __name__ == "__main__":
    main(*sys.argv[1:])
