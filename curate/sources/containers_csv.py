"""CSV and TSV: the first record names the columns, every other one is a row of texts.

Lines are numbered from 1, the header's too; a row's line is the one its record begins on.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from curate.sources.containers import MAX_BYTES, TooLong, bounded_lines, open_bytes
from curate.sources.record import Row, SourceDrop
from curate.sources.shaping import BadRowError
from schemas.counted import counted
from schemas.errors import SourceError


class _Lines:
    """The file's lines as text. One over the limit raises BadRowError and the next one follows.

    Bytes that are no UTF-8 come as lone surrogates, so that only their own row is lost.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = bounded_lines(stream)
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if isinstance(line, TooLong):
            raise BadRowError(f"{line.size} bytes in one line, over the limit of {MAX_BYTES}")
        return line.decode("utf-8", "surrogateescape")


def read(path: Path, file: str) -> Iterator[Row | SourceDrop]:
    """Rows in order. Raises SourceError where there is no usable header."""
    # The limit is the csv module's own and global; its default of 128 KB is too small for answers.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    with open_bytes(path) as stream:
        lines = _Lines(stream)
        records = csv.reader(lines, delimiter=_delimiter(path), strict=True)
        header: Sequence[str] | None = None
        while True:
            start = lines.number + 1
            try:
                fields = next(records)
            except StopIteration:
                return
            except (BadRowError, csv.Error) as error:
                if header is None:
                    raise _no_header(path, str(error)) from error
                yield SourceDrop(start, "bad_type", _spread(error, start, lines.number), file)
                continue
            if header is None:
                header = _header(fields, path) if fields else None
            elif fields:
                yield _row(header, fields, start, file)


def _delimiter(path: Path) -> str:
    return "\t" if ".tsv" in (suffix.lower() for suffix in path.suffixes[-2:]) else ","


def _header(fields: Sequence[str], path: Path) -> Sequence[str]:
    if any(map(_is_broken, fields)):
        raise _no_header(path, "its text is not UTF-8")
    twice = [name for name, count in Counter(fields).items() if count > 1]
    if twice:
        raise _no_header(path, f"the column {twice[0]!r} stands twice")
    return fields


def _no_header(path: Path, what: str) -> SourceError:
    return SourceError(
        f"{path}, line 1: no header of column names: {what}", "name each column once, in UTF-8"
    )


def _row(header: Sequence[str], fields: Sequence[str], line: int, file: str) -> Row | SourceDrop:
    if len(fields) != len(header):
        detail = f"{counted(len(fields), 'field')} where the header has {len(header)}"
        return SourceDrop(line, "bad_type", detail, file)
    broken = [name for name, text in zip(header, fields, strict=True) if _is_broken(text)]
    if broken:
        return SourceDrop(line, "bad_encoding", f"column {broken[0]!r} is not UTF-8", file)
    return Row(line, dict(zip(header, fields, strict=True)), file)


def _is_broken(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text)


def _spread(error: Exception, first: int, last: int) -> str:
    return f"{error}" if last <= first else f"{error} (lines {first} to {last} are one record)"
