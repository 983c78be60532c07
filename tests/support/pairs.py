"""Pairs and their media, made up for tests: what a build would have left behind."""

import hashlib
import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from PIL import Image

from curate.media.stored import StoredMedia
from export.base import ExportInput, ExportOptions, ExportResult
from export.registry import get_format
from schemas.arrow import to_table
from schemas.base import content_id
from schemas.candidate import Medium, Message, Part, candidate_id_of, prompt_id_of
from schemas.pair import PreferencePair, Rationale, ReasonKind, Tie

SHARDED = ("parquet", "trl")
"""The formats that write pairs, pictures among them, as Parquet shards."""

SEEING = ("llama-factory", "ms-swift", "mm-rlhf")
LINES = (*SEEING, "openrlhf", "nemo-rl")
"""The formats that write pairs as lines of JSON; those of `SEEING` write pictures too."""

DEFAULTS: dict[str, Any] = {
    "split": "train",
    "chosen_models": ("model-a",),
    "rejected_models": ("model-b",),
    "chosen_scores": {"correctness": "4", "helpfulness": "3.5"},
    "rejected_scores": {"correctness": "1", "helpfulness": "2"},
    "margin_raw": "4.5",
    "margin": "0.375",
    "tier_gap": None,
    "n_raters": 2,
    "agreement": "1",
    "level": "human",
    "rationales": (),
    "similarity": None,
    "chosen_tokens": 3,
    "rejected_tokens": 2,
    "reference": None,
    "source": "sample",
    "source_key": None,
    "licence": "cc0-1.0",
    "attributes": {},
    "provenance": (),
    "delta": None,
    "delta_source": None,
    "prompt_weight": "1",
    "length_weight": "1",
    "policy": "mllm-dpo",
}


def turn(role: str, *parts: str | int) -> Message:
    """A turn of texts and of places in the prompt's media."""
    return Message.model_validate({"role": role, "parts": [_part(part) for part in parts]})


def user(*parts: str | int) -> Message:
    """A user's turn."""
    return turn("user", *parts)


def pair(
    messages: Sequence[Message] = (),
    media: Sequence[Medium] = (),
    chosen: str = "Three cups.",
    rejected: str = "Two cups.",
    **values: Any,
) -> PreferencePair:
    """A pair with ids as a build gives them; without messages a question behind its media."""
    asked = tuple(messages) or (user(*range(len(media)), "How many cups?"),)
    prompt_id = prompt_id_of(asked, media)
    sides = [candidate_id_of(prompt_id, text) for text in (chosen, rejected)]
    row = {
        "pair_id": content_id([prompt_id, *sides]),
        "prompt_id": prompt_id,
        "component": prompt_id,
        "messages": asked,
        "media": tuple(media),
        "chosen": chosen,
        "rejected": rejected,
        "chosen_id": sides[0],
        "rejected_id": sides[1],
    }
    return PreferencePair.model_validate({**DEFAULTS, **row, **values})


def reason(
    text: str,
    about: str | None = None,
    metric: str | None = None,
    rater: str = "h-1",
    kind: ReasonKind = "human",
) -> Rationale:
    """What a rater said of the answer of this id, or of the order."""
    return Rationale(rater=rater, kind=kind, candidate_id=about, metric=metric, text=text)


def picture(store: Path, shade: int = 0, extension: str = "png", side: int = 16) -> Medium:
    """A picture in the store, told from others by its shade."""
    data = BytesIO()
    formats = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
    Image.new("RGB", (side, side), (shade % 256, shade // 256 % 256, 90)).save(
        data, formats[extension]
    )
    return stored(store, data.getvalue(), extension).model_copy(
        update={"width": side, "height": side}
    )


def stored(store: Path, data: bytes, extension: str, kind: str = "image") -> Medium:
    """Any bytes in the store, as a medium whose source had them at somebody's home."""
    digest = hashlib.sha256(data).hexdigest()
    name = f"{digest}.{extension}"
    (store / name[:2]).mkdir(parents=True, exist_ok=True)
    (store / name[:2] / name).write_bytes(data)
    path = f"/home/somebody/pictures/{name}"
    return Medium.model_validate({"kind": kind, "sha256": digest, "file": name, "path": path})


def frames(store: Path, shades: Sequence[int]) -> Medium:
    """A video kept as frames."""
    names = tuple(str(picture(store, shade, "jpg").file) for shade in shades)
    digest = hashlib.sha256("".join(name[:64] for name in names).encode()).hexdigest()
    return Medium(kind="frames", sha256=digest, frames=names, fps=2.0)


def write_pairs(path: Path, rows: Sequence[PreferencePair], row_group_size: int = 1000) -> Path:
    """The rows as a build's pairs.parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(to_table(rows, PreferencePair), path, row_group_size=row_group_size)
    return path


def write_ties(path: Path, rows: Sequence[Tie] = ()) -> Path:
    """The rows as a build's ties.parquet."""
    pq.write_table(to_table(rows, Tie), path)
    return path


def build(
    folder: Path, rows: Sequence[PreferencePair], row_group_size: int = 1000, **values: Any
) -> ExportInput:
    """A build of these pairs in `folder`, whose store is `folder`/media."""
    defaults: dict[str, Any] = {
        "pairs": write_pairs(folder / "pairs.parquet", rows, row_group_size),
        "ties": write_ties(folder / "ties.parquet"),
        "media": StoredMedia(folder / "media"),
        "splits": ("train", "validation", "test"),
        "shard_bytes": 500 << 20,
        "version": "1.2.3",
        "build_id": "b" * 32,
    }
    return ExportInput(**{**defaults, **values})


def written(name: str, source: ExportInput, out: Path) -> tuple[ExportResult, list[dict[str, Any]]]:
    """What the format of that name wrote: its result, and all rows in the files' order."""
    result = get_format(name).write(source, out, ExportOptions())
    return result, [row for file in result.files for row in _rows(out / file)]


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a shard or of a file of lines; none of another file."""
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    lines = path.read_bytes().splitlines() if path.suffix == ".jsonl" else []
    return [json.loads(line) for line in lines]


def _part(part: str | int) -> Part:
    if isinstance(part, str):
        return Part(type="text", text=part)
    return Part(type="media", media_index=part)
