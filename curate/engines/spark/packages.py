"""What executors need to run the kernels: our modules, which are sent, and a few packages."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from curate.engines.spark.faults import first_line

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NEEDED = ("numpy", "pyarrow", "duckdb", "PIL", "pydantic")
OURS = ("annotate", "curate", "export", "schemas")
PROBES = 64
"""Tasks that look: enough that on a small cluster every executor has one."""


def shipped(scratch: Path) -> Path:
    """Our modules as one zip, so that executors run what this process runs."""
    target = scratch / "pairwright.zip"
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for package in OURS:
            root = Path(str(resources.files(package)))
            for path in sorted(root.rglob("*")):
                if path.suffix in (".py", ".sql", ".toml"):
                    archive.write(path, Path(package) / path.relative_to(root))
    return target


def missing_packages(session: "SparkSession", more: Sequence[str] = ()) -> str | None:
    """What an executor lacks of NEEDED and `more`, in words; None where it has all.

    The function that looks is sent as it stands, for a module of ours may be what is missing.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    context = session.sparkContext
    count = max(context.defaultParallelism, 1)
    try:
        found = context.parallelize(range(min(count, PROBES)), min(count, PROBES))
        lacking = set(found.mapPartitions(_probe((*NEEDED, *more), sys.version_info[:2])).collect())
    except (PySparkException, Py4JError, OSError) as error:
        return f"executors cannot run Python: {first_line(error)}"
    return "; ".join(sorted(lacking)) or None


def _probe(
    needed: tuple[str, ...], version: tuple[int, ...]
) -> Callable[[Iterable[int]], Iterator[str]]:
    def look(_rows: Iterable[int]) -> Iterator[str]:
        import socket
        import sys
        from importlib.util import find_spec

        lacking = [name for name in needed if find_spec(name) is None]
        if lacking:
            yield f"executor {socket.gethostname()} has no {', '.join(lacking)}"
        if sys.version_info[:2] != version:
            yield f"executor {socket.gethostname()} runs Python {sys.version.split()[0]}"

    look.__module__ = "__main__"
    return look
