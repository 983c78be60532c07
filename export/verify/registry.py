"""Who reads which format; a reader is loaded in its own process, when it is asked."""

from collections.abc import Callable, Mapping

from export.verify.base import Reader


def _datasets() -> Reader:
    from export.verify.datasets_reader import READER

    return READER


def _trl() -> Reader:
    from export.verify.trl import READER

    return READER


READERS: Mapping[str, Callable[[], Reader]] = {"datasets": _datasets, "trl": _trl}

READERS_OF: Mapping[str, tuple[str, ...]] = {
    "parquet": ("datasets",),
    "trl": ("datasets", "trl"),
}
"""The readers of each format, all of which must take it. A format that none reads has no line."""
