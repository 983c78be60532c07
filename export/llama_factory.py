"""`llama-factory`: rows for its DPO, in the form `sharegpt` with `ranking` (LLaMA-Factory 0.9).

`conversations` is the prompt, with a mark in the text for every picture and video; frames are
pictures. `dataset_info.json` has an entry for each file, so that `dataset_dir` and `media_dir` are
both this folder. The form `openai` is not used, since it writes into the system's turn.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask
from export.checks import common_refusals, media_token, not_alternating, system_shows_media
from export.lines import Asked, LineShape, Values, write_lines
from export.media import MediaBatch, RowFiles
from export.reading import PairsFile
from export.turns import Turns

ROLES = {"user": "human", "assistant": "gpt", "system": "system"}
TAGS = {
    "role_tag": "from",
    "content_tag": "value",
    "user_tag": "human",
    "assistant_tag": "gpt",
    "observation_tag": "observation",
    "function_tag": "function_call",
    "system_tag": "system",
}
"""All of them: its parser forgets the default of each that a `tags` entry leaves out."""
COLUMNS = {"messages": "conversations", "chosen": "chosen", "rejected": "rejected"}
INFO = "dataset_info.json"


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs for LLaMA-Factory. Raises ExportError where input or folder is unfit.

    Files are <split>.jsonl, and dataset_info.json with the data sets pairwright_<split>.
    """
    lines = _Lines()
    shape = LineShape(FORMAT.name, _refusals, lines.line)
    return write_lines(source, PairsFile(source.pairs), shape, out, options, lines.info)


FORMAT = Format("llama-factory", "LLaMA-Factory rows for DPO, with pictures and videos", write)


def _refusals(pairs: pa.RecordBatch, turns: Turns, _media: MediaBatch) -> Mapping[str, Mask]:
    return {
        **common_refusals(pairs, turns),
        "not_alternating": not_alternating(turns),
        "system_media": system_shows_media(turns),
        "image_token": media_token(pairs, turns),
    }


class _Lines:
    """Makes the lines, and remembers which media each split has."""

    def __init__(self) -> None:
        self._media: defaultdict[str, set[str]] = defaultdict(set)

    def line(self, row: Mapping[str, Any], asked: Asked, files: RowFiles) -> Values:
        media = {"images": list(files.images), "videos": list(files.videos)}
        self._media[row["split"]].update(name for name, paths in media.items() if paths)
        return {
            "conversations": [_turn(role, text) for role, text in asked.marked(ROLES)],
            "chosen": _turn("gpt", row["chosen"]),
            "rejected": _turn("gpt", row["rejected"]),
            **media,
            "pair_id": row["pair_id"],
        }

    def info(self, files: Sequence[str]) -> Mapping[str, Values]:
        splits = {name.removesuffix(".jsonl"): name for name in files}
        return {
            INFO: {f"pairwright_{split}": self._entry(split, splits[split]) for split in splits}
        }

    def _entry(self, split: str, file: str) -> Values:
        media = {name: name for name in sorted(self._media[split])}
        return {
            "file_name": file,
            "formatting": "sharegpt",
            "ranking": True,
            "columns": {**COLUMNS, **media},
            "tags": TAGS,
        }


def _turn(role: str, text: str) -> dict[str, str]:
    return {"from": role, "value": text}
