"""Which formats there are; a format is loaded when it is asked for."""

from collections.abc import Callable, Mapping

from export.base import Format
from schemas.errors import ExportError, did_you_mean


def _parquet() -> Format:
    from export.parquet import FORMAT

    return FORMAT


def _trl() -> Format:
    from export.trl import FORMAT

    return FORMAT


def _ms_swift() -> Format:
    from export.ms_swift import FORMAT

    return FORMAT


def _best_of_n() -> Format:
    from export.best_of_n import FORMAT

    return FORMAT


FORMATS: Mapping[str, Callable[[], Format]] = {
    "parquet": _parquet,
    "trl": _trl,
    "ms-swift": _ms_swift,
    "best-of-n": _best_of_n,
}


def get_format(name: str) -> Format:
    """The format of that name. Raises ExportError for a name that is none."""
    if name not in FORMATS:
        raise ExportError(f"export format {name!r} unknown", did_you_mean(name, FORMATS))
    return FORMATS[name]()
