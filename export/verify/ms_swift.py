"""ms-swift: its own preprocessor on every row, strict, then what its templates are given.

The preprocessor alone passes a row whose marks and pictures do not match: its template drops or
adds marks with a warning. They must match here. Pictures are opened as it opens them.
"""

import os
from pathlib import Path
from typing import Any

from export.verify.base import Checked, Reader, Written, expect, place, refusing
from export.verify.datasets_reader import loaded
from export.verify.llama_factory import without_torchaudio

MARKS = {"images": "<image>", "videos": "<video>", "audios": "<audio>"}


def read(written: Written) -> Checked:
    """Load every split. Raises RefusedError at the first row that ms-swift refuses or changes."""
    os.environ["ROOT_IMAGE_DIR"] = str(written.folder)
    without_torchaudio()
    from swift.dataset.preprocessor.core import AutoPreprocessor

    rows = pictures = 0
    for split, count in written.filled().items():
        with refusing(split):
            table = loaded(written, split)
        _expect_each(table, split)
        with refusing(split):
            ready = AutoPreprocessor()(table, strict=True, load_from_cache_file=False)
        expect(len(ready) == count, split, f"{len(ready)} rows are left of {count}")
        pairs = "rejected_response" in table.column_names
        for number, row in enumerate(ready):
            pictures += _expect_whole(row, place(split, number, table[number]), pairs=pairs)
        rows += count
    return Checked(rows, f"{rows:,} rows preprocessed, {pictures:,} pictures opened")


READER = Reader("ms-swift", read)


def _expect_each(table: Any, split: str) -> None:
    """The preprocessor's own checks row by row, so that a refusal names its row."""
    from swift.dataset.preprocessor.core import AutoPreprocessor

    checker = AutoPreprocessor()._get_preprocessor(table)  # noqa: SLF001 - as it does itself
    for number, row in enumerate(table):
        with refusing(place(split, number, row)):
            one = {name: [value] for name, value in row.items()}
            checker.batched_preprocess(one, strict=True, ignore_max_length_error=False)


def _expect_whole(row: dict[str, Any], where: str, *, pairs: bool) -> int:
    """How many pictures a row shows, all opened; both answers, marks and margin must fit."""
    from swift.template.template_inputs import TemplateInputs
    from swift.template.vision_utils import load_image

    with refusing(where):
        inputs = TemplateInputs.from_dict({name: it for name, it in row.items() if it is not None})
        if inputs.chosen.margin is not None:
            float(inputs.chosen.margin)
    sides = [inputs.chosen, inputs.rejected] if pairs else [inputs.chosen]
    for side in sides:
        expect(side is not None, where, "the rejected answer does not arrive")
        expect(side.messages[-1]["role"] == "assistant", where, "the last turn is no answer")
        for name, mark in MARKS.items():
            marks = sum(text.count(mark) for text in _texts(side))
            found = len(getattr(side, name))
            expect(marks == found, where, f"{marks} marks {mark} for {found} {name}")
    for image in inputs.chosen.images:
        with refusing(where):
            load_image(image["bytes"] or image["path"] if isinstance(image, dict) else image)
    for video in inputs.chosen.videos:
        path = Path(os.environ["ROOT_IMAGE_DIR"], video)
        expect(path.is_file(), where, f"no video at {video!r}")
    return len(inputs.chosen.images)


def _texts(side: Any) -> list[str]:
    """The texts that its template counts marks in: it takes the system's turn out of the others."""
    return [side.system or "", *(message["content"] for message in side.messages)]
