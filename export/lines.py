"""Lines of JSON, one file a split, with the media beside them: for trainers that read paths.

A reader takes its columns from the start of a file (`datasets`: the first 10 MB), so the first line
that fills a field goes to the front; all others stay in the build's order.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult
from export.buffers import Mask
from export.checks import by_judges_alone
from export.copied import CopiedMedia
from export.emptied import emptied
from export.folder import record, replaced
from export.media import ABSENT, MediaBatch, RowFiles
from export.pictures import RefusedMediaError
from export.reading import RowsFile
from export.shards import check_splits
from export.turns import Turns

IMAGE, VIDEO = "<image>", "<video>"

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A row's prompt: each turn's role and parts, a part being a text or the files it shows."""

    turns: Sequence[tuple[str, Sequence[str | RowFiles]]]

    @property
    def files(self) -> RowFiles:
        """All files in the order in which the turns show them."""
        shown = [part for _, parts in self.turns for part in parts if isinstance(part, RowFiles)]
        return sum(shown, RowFiles())

    def marked(self, role: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        """Role and text of every turn, `<image>` or `<video>` standing where a file is shown.

        `role` renames roles.
        """
        names = role or {}
        return [(names.get(who, who), "".join(map(_marks, parts))) for who, parts in self.turns]

    def spoken(self) -> list[dict[str, str]]:
        """The turns as {role, content}, without a mark of what they show."""
        return [
            said(who, "".join(part for part in parts if isinstance(part, str)))
            for who, parts in self.turns
        ]


def said(role: str, content: str) -> dict[str, str]:
    """One turn as most trainers read it."""
    return {"role": role, "content": content}


@dataclass(frozen=True, slots=True)
class LineShape:
    """A format of lines: which rows it refuses, by reason, and what it makes of the others.

    `line` is given a row's columns, its prompt, and its files' paths in the export. With
    `film_folders` a prompt shows one medium at most, and a video kept as frames is a folder.
    """

    name: str
    refusals: Callable[[pa.RecordBatch, Turns, MediaBatch], Mapping[str, Mask]]
    line: Callable[[Mapping[str, Any], Asked, RowFiles], Values]
    film_folders: bool = False


def write_lines(
    source: ExportInput,
    table: RowsFile,
    shape: LineShape,
    out: Path,
    options: ExportOptions,
    beside: Callable[[Sequence[str]], Mapping[str, Values]] = lambda _files: {},
) -> ExportResult:
    """Write `<split>.jsonl` and the media into `out`, which is replaced when all is there.

    `beside` makes further files, name -> JSON, of the names of those with lines. Raises ExportError
    where `out` is not ours to replace and for a split that no build has.
    """
    check_splits(source.splits)
    with replaced(out) as folder:
        writer = _Writer(source, shape, folder)
        rows: dict[str, int] = {}
        by_split: dict[str, Counter[str]] = {}
        for split in source.splits:
            before = writer.refused.copy()
            rows[split] = writer.write(table, split, options)
            by_split[split] = writer.refused - before
        files = [f"{split}.jsonl" for split, count in rows.items() if count]
        for name, values in beside(files).items():
            text = json.dumps(values, indent=2, ensure_ascii=False)
            (folder / name).write_text(text + "\n", encoding="utf-8")
            files.append(name)
        refused = dict(sorted(writer.refused.items()))
        about = {"version": source.version, "build_id": source.build_id, "format": shape.name}
        listed = [*files, *writer.media.folders]
        record(folder, **about, splits=rows, refused=refused, files=listed)
    return ExportResult(
        out, sum(rows.values()), tuple(files), rows, refused, warnings=emptied(rows, by_split)
    )


class _Writer:
    def __init__(self, source: ExportInput, shape: LineShape, folder: Path) -> None:
        self.refused: Counter[str] = Counter()
        self.media = CopiedMedia(source.media, folder)
        self._source, self._shape, self._folder = source, shape, folder

    def write(self, table: RowsFile, split: str, options: ExportOptions) -> int:
        """Write one split's lines; how many. A split without a line has no file."""
        with _File(self._folder / f"{split}.jsonl") as file:
            for batch in table.batches(split):
                for line in self._lines(batch):
                    file.write(line)
                if options.progress is not None:
                    options.progress(batch.num_rows)
        return file.count

    def _lines(self, batch: pa.RecordBatch) -> Iterator[Values]:
        turns = Turns.of(batch.column("messages"))
        media = MediaBatch.of(batch.column("media"))
        accepted = self._accepted(batch, turns, media)
        rows = batch.filter(pa.array(accepted)).to_pylist(maps_as_pydicts="strict")
        for number, row in zip(np.flatnonzero(accepted).tolist(), rows, strict=True):
            shown = media.files[media.starts[number] : media.starts[number + 1]]
            asked = Asked([(turn["role"], _parts(turn, shown)) for turn in row["messages"]])
            try:
                placed = self._placed(row, asked.files)
            except RefusedMediaError as error:
                self.refused[error.reason] += 1
                continue
            yield self._shape.line(row, asked, placed)

    def _placed(self, row: Mapping[str, Any], files: RowFiles) -> RowFiles:
        """A row's files where they lie in the export. Raises RefusedMediaError."""
        film = _film(row) if self._shape.film_folders else None
        if film is None:
            return self.media.place(files)
        return RowFiles(videos=(self.media.place_film(files.images, film),))

    def _accepted(self, batch: pa.RecordBatch, turns: Turns, media: MediaBatch) -> Mask:
        """Rows that no check refuses; the others are counted under their first reason."""
        refusals = dict(self._shape.refusals(batch, turns, media))
        if self._source.judge_unproven:
            refusals = {"judge_unproven": by_judges_alone(batch), **refusals}
        open_rows = np.ones(batch.num_rows, dtype=np.bool_)
        for reason, mask in refusals.items():
            if count := int(np.count_nonzero(open_rows & mask)):
                self.refused[reason] += count
            open_rows &= ~mask
        return open_rows


class _File:
    """A file of lines, those that fill a field for the first time before all others.

    It is there at the end of the `with` block, unless it has no line.
    """

    def __init__(self, path: Path) -> None:
        self.count = 0
        self._path, self._rest_path = path, path.with_suffix(".rest")
        self._filled: set[str] = set()

    def __enter__(self) -> Self:
        self._first = self._path.open("wb")
        self._rest = self._rest_path.open("wb+")
        return self

    def write(self, line: Values) -> None:
        filled = {name for name, value in line.items() if value not in (None, [])}
        file = self._rest if filled <= self._filled else self._first
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._filled |= filled
        self.count += 1

    def __exit__(self, *_error: object) -> None:
        with self._first, self._rest:
            self._rest.seek(0)
            shutil.copyfileobj(self._rest, self._first)
        self._rest_path.unlink()
        if not self.count:
            self._path.unlink()


def _film(row: Mapping[str, Any]) -> str | None:
    """The digest of the video kept as frames that a prompt of one medium shows."""
    places = [part["media_index"] for turn in row["messages"] for part in turn["parts"]]
    shown = [row["media"][place] for place in places if place is not None]
    return next((medium["sha256"] for medium in shown if medium["kind"] == "frames"), None)


def _parts(turn: Mapping[str, Any], shown: Sequence[RowFiles]) -> list[str | RowFiles]:
    return [
        part["text"]
        if part["media_index"] is None
        else shown[part["media_index"]]
        if part["media_index"] < len(shown)
        else ABSENT
        for part in turn["parts"]
    ]


def _marks(part: str | RowFiles) -> str:
    if isinstance(part, str):
        return part
    return IMAGE * len(part.images) + VIDEO * len(part.videos)
