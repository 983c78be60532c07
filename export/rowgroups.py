"""Row groups: shaped rows and their media, cut where a reader can still take one at a time."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from export.base import StoredFiles
from export.buffers import int64
from export.media import RowFiles
from export.pictures import MediaColumn, RefusedMediaError
from export.shape import Shape, Shaped

MEDIA_ROWS = 100
TEXT_ROWS = 10_000
GROUP_BYTES = 64 << 20
"""Bytes of a row group; the Hub's viewer refuses groups above 300 MB, readers load one whole."""


class RowGroups:
    """Collects rows until a group is full: 100 rows with media, 10,000 rows, or 64 MiB.

    A row that alone has more is a group of its own. `refused` counts rows by reason.
    """

    def __init__(self, shape: Shape, store: StoredFiles) -> None:
        self.refused: Counter[str] = Counter()
        self._shape = shape
        self._media = [MediaColumn(name, store) for name in shape.media_columns]
        self._clear()

    def add(self, shaped: Shaped) -> Iterator[pa.Table]:
        """Take a batch in; the groups that it fills. Each must be written before the next."""
        row_bytes = shaped.table.nbytes // max(1, shaped.table.num_rows)
        taken: list[int] = []
        for row in self._accepted(shaped):
            try:
                sizes = self._sizes(shaped.files[row])
                if self._is_full(row_bytes + sum(map(sum, sizes))):
                    yield from self._cut(shaped.table, taken)
                self._read(shaped.files[row], sizes)
            except RefusedMediaError as error:
                self.refused[error.reason] += 1
                continue
            taken.append(row)
            self._rows += 1
            self._media_rows += any(sizes)
            self._text_bytes += row_bytes
        self._keep(shaped.table, taken)

    def rest(self) -> Iterator[pa.Table]:
        """The last group, where rows are left."""
        if self._rows:
            yield self._group()
            self._clear()

    def _accepted(self, shaped: Shaped) -> list[int]:
        """Rows that no check refuses; the others are counted under their first reason."""
        open_rows = np.ones(shaped.table.num_rows, dtype=np.bool_)
        for reason, mask in shaped.refusals.items():
            if count := int(np.count_nonzero(open_rows & mask)):
                self.refused[reason] += count
            open_rows &= ~mask
        accepted: list[int] = np.flatnonzero(open_rows).tolist()
        return accepted

    def _sizes(self, files: RowFiles) -> list[list[int]]:
        return [column.sizes(getattr(files, column.name)) for column in self._media]

    def _read(self, files: RowFiles, sizes: list[list[int]]) -> None:
        """Read a row's media into every media column, or into none."""
        for number, column in enumerate(self._media):
            try:
                column.add(getattr(files, column.name), sizes[number])
            except RefusedMediaError:
                for done in self._media[:number]:
                    done.drop_last()
                raise

    def _is_full(self, more: int) -> bool:
        if self._media_rows >= MEDIA_ROWS or self._rows >= TEXT_ROWS:
            return True
        used = self._text_bytes + sum(column.used for column in self._media)
        return self._rows > 0 and used + more > GROUP_BYTES

    def _cut(self, table: pa.RecordBatch, taken: list[int]) -> Iterator[pa.Table]:
        self._keep(table, taken)
        yield self._group()
        self._clear()
        taken.clear()

    def _keep(self, table: pa.RecordBatch, taken: list[int]) -> None:
        if taken:
            self._pieces.append(table.take(int64(np.array(taken))))

    def _group(self) -> pa.Table:
        table = pa.Table.from_batches(self._pieces)
        for column in self._media:
            table = table.append_column(column.name, column.array())
        return table.select(self._shape.schema.names).cast(self._shape.schema)

    def _clear(self) -> None:
        self._pieces: list[pa.RecordBatch] = []
        self._rows = self._media_rows = self._text_bytes = 0
        for column in self._media:
            column.clear()
