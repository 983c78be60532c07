"""A folder on any file system that Spark reads, through Hadoop's own client."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Folder:
    """A folder by its URI, e.g. `file:/data/work` or `s3a://bucket/work`."""

    def __init__(self, session: "SparkSession", uri: str) -> None:
        self.uri = uri.rstrip("/")
        # pyspark gives its Java side no public name; Hadoop's file systems have no other door.
        self._java: Any = session._jvm  # noqa: SLF001
        settings = session._jsc.hadoopConfiguration()  # noqa: SLF001
        self._files = self._path("").getFileSystem(settings)

    def uri_of(self, part: str) -> str:
        """The URI of what lies in the folder."""
        return f"{self.uri}/{part}" if part else self.uri

    def size(self, part: str) -> int | None:
        """Bytes of a file; None where it is not there."""
        path = self._path(part)
        return int(self._files.getFileStatus(path).getLen()) if self._files.exists(path) else None

    def put(self, file: Path, part: str) -> None:
        """Copy a file of this machine, over whatever is there."""
        self._files.copyFromLocalFile(False, True, self._local(file), self._path(part))

    def drop(self, part: str) -> None:
        """Remove a part of the folder, which need not be there."""
        self._files.delete(self._path(part), True)

    def remove(self) -> None:
        """Remove the folder."""
        self.drop("")

    def parts(self, part: str = "") -> list[str]:
        """The names of what lies in a part, sorted; of one that is not there none."""
        path = self._path(part)
        if not self._files.exists(path):
            return []
        return sorted(str(entry.getPath().getName()) for entry in self._files.listStatus(path))

    def batches(self, part: str, scratch: Path, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows that were written to a part, in their order, fetched file by file."""
        for name in self.parts(part):
            if not name.endswith(".parquet"):
                continue
            file = scratch / name
            self._files.copyToLocalFile(
                False, self._path(f"{part}/{name}"), self._local(file), True
            )
            with pq.ParquetFile(file) as opened:
                yield from opened.iter_batches(rows)
            file.unlink()

    def _path(self, part: str) -> Any:
        return self._java.org.apache.hadoop.fs.Path(self.uri_of(part))

    def _local(self, file: Path) -> Any:
        return self._java.org.apache.hadoop.fs.Path(file.absolute().as_uri())
