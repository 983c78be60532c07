"""Small copies of pictures for the report, as data URIs, so that the page stands alone.

Made once: `.cache/thumbnails-<version>/<side>/ab/<file>.jpg`. The store names files by their bytes,
so what is there is never wrong, and the folder may be removed at any time.
"""

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import Image, ImageOps

from curate.media.decoding import decoding_faults
from curate.media.rules import MediumFaultError
from curate.media.stored import StoredMedia
from curate.near.media import CACHE
from curate.workspace import Workspace

VERSION = 1
"""Counts the ways of making them: a change makes another folder."""


@dataclass(frozen=True, slots=True)
class Thumbnails:
    """JPEGs of at most `side` pixels a side of the media in `store`.

    Use it inside `curate.media.decoding.quiet_decoding`; several threads may.
    """

    store: StoredMedia
    cache: Path
    side: int

    @classmethod
    def of(cls, workspace: Workspace, side: int) -> "Thumbnails":
        """Those of a workspace."""
        cache = workspace.root / CACHE / f"thumbnails-{VERSION}" / str(side)
        return cls(StoredMedia(workspace.media), cache, side)

    def uri(self, medium: Mapping[str, Any]) -> str | None:
        """A data URI, of the first frame for frames; None where there is no picture to show."""
        name = medium["file"] or next(iter(medium["frames"] or ()), None)
        if name is None or medium["kind"] == "video":
            return None
        kept = self.cache / name[:2] / f"{name}.jpg"
        try:
            data = kept.read_bytes() if kept.is_file() else self._made(name, kept)
        except MediumFaultError:
            return None
        return "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")

    def _made(self, name: str, kept: Path) -> bytes:
        with decoding_faults(), self.store.stream(name) as source:
            data = _small(source, self.side)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_name(f".{uuid4().hex}")
        part.write_bytes(data)
        part.replace(kept)
        return data


def _small(source: Any, side: int) -> bytes:
    with Image.open(source) as image:
        image.draft("RGB", (side, side))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((side, side), reducing_gap=2.0)
        target = io.BytesIO()
        _on_white(small).save(target, "JPEG", quality=80)
    return target.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency, as a page shows it."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
