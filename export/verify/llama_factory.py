"""LLaMA-Factory: its own way from dataset_info.json to messages, and on to tokens for some rows.

Every row goes through its converter and the check of its multimodal plugin, which counts marks of
media; pictures are opened as it opens them. A bounded sample goes through its template with a tiny
processor, and the answers must be read back from the tokens.
"""

import importlib.machinery
import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from export.verify.base import Checked, Reader, Written, expect, place, refusing

INFO = "dataset_info.json"
SAMPLE = 16
LONGEST = 1 << 16


def read(written: Written) -> Checked:
    """Load every set that dataset_info.json names. Raises RefusedError at the first bad row."""
    without_torchaudio()
    from llamafactory.data.parser import get_dataset_list
    from llamafactory.hparams import DataArguments

    with refusing(INFO):
        names = list(json.loads((written.folder / INFO).read_text("utf-8")))
        sets = get_dataset_list(names, str(written.folder))
    settings = DataArguments(
        dataset_dir=str(written.folder), media_dir=str(written.folder), template="llava"
    )
    rows = pictures = encoded = 0
    for about in sets:
        split = Path(about.dataset_name).name.split(".")[0].split("-")[0]
        with refusing(about.dataset_name):
            table = _loaded(written, about)
        tokens = _Tokens(settings) if about.ranking else None
        for number, row in enumerate(table):
            where = place(split, number, row)
            found = _converted(row, about, settings, where)
            pictures += _opened(found, where)
            if tokens is not None and encoded < SAMPLE and not found["_videos"]:
                tokens.expect_arrived(found, where)
                encoded += 1
            rows += 1
    expect(rows == sum(written.splits.values()), INFO, f"{rows} rows load of {written.splits}")
    how = f"{rows:,} rows converted, {pictures:,} pictures opened, {encoded} rows made tokens"
    return Checked(rows, how)


READER = Reader("llamafactory", read)


def without_torchaudio() -> None:
    """Put an empty module in its place where it is not installed, or a build that cannot load.

    Its wheel is made for CUDA, and both LLaMA-Factory and ms-swift import it for sounds alone.
    """
    try:
        import torchaudio  # noqa: F401
    except (ImportError, OSError):
        empty = types.ModuleType("torchaudio")
        empty.__spec__ = importlib.machinery.ModuleSpec("torchaudio", None)
        sys.modules["torchaudio"] = empty


def _loaded(written: Written, about: Any) -> Iterator[dict[str, Any]]:
    """The rows as its loader loads a file of that name."""
    from datasets import load_dataset
    from llamafactory.extras.constants import FILEEXT2TYPE

    path = written.folder / about.dataset_name
    kind = FILEEXT2TYPE[path.suffix[1:]]
    rows: Iterator[dict[str, Any]] = load_dataset(kind, data_files=[str(path)], split=about.split)
    return rows


def _converted(row: dict[str, Any], about: Any, settings: Any, where: str) -> dict[str, Any]:
    """The row in its own standard form, which must be whole: it skips what it cannot read."""
    from llamafactory.data.converter import get_dataset_converter
    from llamafactory.data.mm_plugin import get_mm_plugin

    with refusing(where):
        found: dict[str, Any] = get_dataset_converter(about.formatting, about, settings)(row)
    prompt, response = found["_prompt"], found["_response"]
    expect(bool(prompt and response), where, "the converter skips the row as abnormal")
    if about.ranking:
        texts = [answer["content"] for answer in response]
        expect(len(texts) == 2, where, f"{len(texts)} answers arrive, not two")
        expect(all(map(str.strip, texts)), where, "an answer is blank")
        expect(texts[0].strip() != texts[1].strip(), where, "chosen and rejected are the same")
    media = [found[name] or [] for name in ("_images", "_videos", "_audios")]
    plugin = get_mm_plugin("base", image_token="<image>")  # noqa: S106 - a placeholder
    for answer in response:
        with refusing(where):
            plugin._validate_messages([*prompt, answer], *media)  # noqa: SLF001 - what it calls
    return found


def _opened(found: dict[str, Any], where: str) -> int:
    """How many pictures it opens; a video must be a file."""
    from llamafactory.data.mm_plugin import get_mm_plugin

    plugin = get_mm_plugin("base", image_token="<image>")  # noqa: S106 - a placeholder
    limits = {"image_max_pixels": 28 * 28, "image_min_pixels": 1}
    images = found["_images"] or []
    with refusing(where):
        opened = plugin._regularize_images(images, **limits)["images"]  # noqa: SLF001
    for video in found["_videos"] or []:
        names = video if isinstance(video, list) else [video]
        there = all(Path(name).is_file() for name in names)
        expect(there, where, f"no video at {video!r}")
    return len(opened)


class _Tokens:
    """Its processing of pairs, with a tiny LLaVA processor."""

    def __init__(self, settings: Any) -> None:
        from llamafactory.data.processor import PairwiseDatasetProcessor
        from llamafactory.data.template import get_template_and_fix_tokenizer

        from export.verify import tiny

        processor = tiny.processor()
        for name, pixels in (("image_max_pixels", 1 << 20), ("image_min_pixels", 1)):
            setattr(processor, name, pixels)
        settings.cutoff_len = LONGEST
        self._words = processor.tokenizer
        template = get_template_and_fix_tokenizer(self._words, settings)
        self._pairs = PairwiseDatasetProcessor(
            template=template, tokenizer=self._words, processor=processor, data_args=settings
        )

    def expect_arrived(self, found: dict[str, Any], where: str) -> None:
        """Both answers must be read back from the tokens."""
        with refusing(where):
            made = self._pairs.preprocess_dataset({name: [value] for name, value in found.items()})
        for name, answer in zip(("chosen", "rejected"), found["_response"], strict=True):
            ids = [token for token in made[f"{name}_labels"][0] if token >= 0]
            text = self._words.decode(ids)
            expect(answer["content"] in text, where, f"the tokens do not hold {name!r}")
