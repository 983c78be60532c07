"""How many tokens a row takes, pictures included, and the rows that fit.

Texts are counted by the tokenizer under the chat template, as TRL's collators make them. How many
tokens a picture adds depends on its size alone, so each size is asked for once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from align.loading import Loaded

SIDES = ("chosen", "rejected", "completion")


@dataclass(slots=True)
class Lengths:
    """Counts tokens of rows for one model."""

    loaded: Loaded
    _sizes: dict[tuple[int, int], int] = field(default_factory=dict)

    def of(self, row: Mapping[str, Any]) -> int:
        """Tokens of the row's longest sequence: prompt and longer side, or its messages."""
        from trl.data_utils import apply_chat_template, prepare_multimodal_messages

        pictures = row.get("images") or []
        said = {name: row[name] for name in ("prompt", *SIDES, "messages") if row.get(name)}
        if self.loaded.sees:
            said = {
                name: prepare_multimodal_messages(
                    turns, images=pictures if name in {"prompt", "messages"} else None
                )
                for name, turns in said.items()
            }
        texts = apply_chat_template(said, self.loaded.processor)
        counts = {name: self._words(text) for name, text in texts.items() if name != "label"}
        longest = max([counts.get(name, 0) for name in SIDES], default=0)
        asked = counts.get("prompt", 0) + counts.get("messages", 0) + counts.get("text", 0)
        return asked + longest + sum(self._picture(picture) for picture in pictures)

    def _words(self, text: str) -> int:
        return len(self.loaded.tokenizer(text, add_special_tokens=False)["input_ids"])

    def _picture(self, picture: Any) -> int:
        """What a picture of that size adds to the placeholder that stands for it."""
        if picture.size not in self._sizes:
            self._sizes[picture.size] = self._added(picture.size)
        return self._sizes[picture.size]

    def _added(self, size: tuple[int, int]) -> int:
        from PIL import Image

        processor = self.loaded.processor
        text = processor.apply_chat_template(
            [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "?"}]}],
            tokenize=False,
        )
        blank = Image.new("RGB", size)
        tokens = processor(images=[[blank]], text=[text], add_special_tokens=False)["input_ids"]
        return len(tokens[0]) - self._words(text)


def within(rows: Any, loaded: Loaded, most: int) -> tuple[Any, int]:
    """The rows of a `datasets.Dataset` with at most `most` tokens, and how many have more.

    A row whose texts alone have fewer bytes, and that shows nothing, is not looked at further.
    """
    lengths = Lengths(loaded)
    return kept_where(rows, lambda row: _short(row, most) or lengths.of(row) <= most)


def kept_where(rows: Any, fits: Callable[[Mapping[str, Any]], bool]) -> tuple[Any, int]:
    """The rows of a `datasets.Dataset` that fit, and how many do not; no picture is decoded."""
    kept = [number for number, row in enumerate(_undecoded(rows)) if fits(row)]
    return (rows if len(kept) == len(rows) else rows.select(kept)), len(rows) - len(kept)


def _undecoded(rows: Any) -> Iterator[Mapping[str, Any]]:
    """The rows, with pictures of which only the headers are read: their sizes are what counts."""
    if "images" not in rows.column_names:
        yield from rows
        return
    from datasets import Image, List

    for row in rows.cast_column("images", List(Image(decode=False))):
        yield {**row, "images": [_header(picture) for picture in row["images"]]}


def _header(picture: Mapping[str, Any]) -> Any:
    """The picture as `datasets` gives it, upright by its EXIF, but for its pixels."""
    from PIL import ExifTags, Image, ImageOps

    found = Image.open(BytesIO(picture["bytes"]) if picture["bytes"] else picture["path"])
    turned = found.getexif().get(ExifTags.Base.Orientation) is not None
    return ImageOps.exif_transpose(found) if turned else found


BYTES_OF_TURN = 256
"""More than any template puts around a turn."""


def _short(row: Mapping[str, Any], most: int) -> bool:
    """Whether a row surely fits: a token has at least a byte."""
    if row.get("images"):
        return False
    turns = [turn for name in ("prompt", *SIDES, "messages") for turn in _turns(row.get(name))]
    return sum(len(str(turn).encode()) + BYTES_OF_TURN for turn in turns) <= most


def _turns(said: Any) -> Sequence[Any]:
    return [said] if isinstance(said, str) else said or []
