"""Sources by name: every layout's loader, the order of recognition, and `open_source`.

A layout's module is imported when it is asked for. Recognition goes from the specific to the
generic: a known layout first, then whatever a map of columns can be proposed for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import HeadsOnce
from curate.sources.location import HubSet, LocalPath, parse_location
from curate.sources.record import SourceDrop, SourceRecord
from schemas.errors import SourceError, UsageError, did_you_mean

FOLDER = "curate.sources"
CONTAINERS = ("jsonl", "json", "csv", "parquet", "hf")


def _known(name: str) -> Callable[[], Layout]:
    return lambda: _layout_in(name.replace("-", "_"), name)


def _generic(name: str) -> Callable[[], Layout]:
    return lambda: import_module(f"{FOLDER}.generic").layout(name)


KNOWN: Mapping[str, Callable[[], Layout]] = {
    "native": _known("native"),
    "llava-bench": _known("llava-bench"),
    "mm-rlhf": _known("mm-rlhf"),
    "vl-rewardbench": _known("vl-rewardbench"),
    "mllm-dpo": _known("mllm-dpo"),
    "vlfeedback": _known("vlfeedback"),
    "ultrafeedback": _known("ultrafeedback"),
    "helpsteer3": _known("helpsteer3"),
    "helpsteer2": _known("helpsteer2"),
    "rlhf-v": _known("rlhf-v"),
    "rlaif-v": _known("rlaif-v"),
    "llama-factory": _known("llama-factory"),
    "trl": _known("trl"),
    "llava": _known("llava"),
}
"""Layouts that are recognised by their content, in the order they are tried."""

SOURCES: Mapping[str, Callable[[], Layout]] = {
    **KNOWN,
    **{name: _generic(name) for name in CONTAINERS},
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A source ready to be read once: the layout chosen, what was opened, and its records.

    `field_map` is the map of columns in use, given or proposed, empty for known layouts; `unread`
    are the columns it has no field for. `revision` is the commit of a Hub data set.
    """

    layout: str
    source: SourceInput
    records: Records
    field_map: Mapping[str, str]
    revision: str | None = None
    unread: Sequence[str] = ()


def open_source(
    location: str,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    field_map: Mapping[str, str] | None = None,
    limit: int | None = None,
    allow_remote: bool = False,
    revision: str | None = None,
    media_root: Path | None = None,
    split: str | None = None,
) -> Opened:
    """The source opened, its layout chosen, its records to come.

    `limit` ends the records after so many prompts. `media_root` is where relative paths of media
    are looked up instead of beside the files, `split` takes those of a folder's files alone. Raises
    SourceError where the source as a whole cannot be read, UsageError where the options do not go
    together.
    """
    place = parse_location(location, revision=revision, allow_remote=allow_remote)
    _check_options(format, field_map, limit)
    if split is not None and isinstance(place, HubSet):
        place = replace(place, split=split)
    source, pinned = _opened(place, format, media_root)
    if split is not None and isinstance(place, LocalPath):
        from curate.sources.files import of_split

        source = of_split(source, split)
    _check_rows(source, location)
    layout, used, unread = _chosen(source, format, field_map)
    return Opened(layout.name, source, _limited(layout, source, limit), used, pinned, unread)


def load_layout(name: str) -> Layout:
    """The layout of a name. Raises SourceError for one that is not known."""
    if name not in SOURCES:
        raise SourceError(f"format {name!r} unknown", did_you_mean(name, SOURCES))
    return SOURCES[name]()


def recognise(source: SourceInput) -> Layout | None:
    """The first known layout whose `matches` accepts the source."""
    layouts = (load() for load in KNOWN.values())
    return next((layout for layout in layouts if layout.matches(source)), None)


def _layout_in(module: str, name: str) -> Layout:
    path = f"{FOLDER}.{module}"
    try:
        layout: Layout = import_module(path).LAYOUT
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise SourceError(
            f"layout {name!r}: its module {path} is not installed", "install pairwright again"
        ) from error
    return layout


def _check_options(
    name: str | None, field_map: Mapping[str, str] | None, limit: int | None
) -> None:
    if limit is not None and limit < 1:
        raise UsageError(f"limit {limit} leaves nothing to read", "leave it out or give 1 or more")
    if name is not None and name not in SOURCES:
        raise SourceError(f"format {name!r} unknown", did_you_mean(name, SOURCES))
    if field_map and name in KNOWN:
        raise UsageError(
            f"--map does not go with --format {name}, which knows its own columns",
            "leave out --map, or read the columns with --format jsonl, json, csv, parquet or hf",
        )


def _opened(
    place: LocalPath | HubSet, name: str | None, media_root: Path | None
) -> tuple[SourceInput, str | None]:
    if isinstance(place, HubSet):
        if name in CONTAINERS and name != "hf":
            raise UsageError(f"hf:{place.repo} is no {name} file", "leave out --format, or say hf")
        from curate.sources.hf import open_hub

        return open_hub(place, media_root)
    from curate.sources.files import open_path

    container = name if name in CONTAINERS else None
    return open_path(place.path, container, media_root), None


def _check_rows(source: SourceInput, location: str) -> None:
    items = (item for file in source.files for item in source.rows(file))
    if next(items, None) is None:
        raise SourceError(f"{location}: no rows in it", "name a file that holds some")


def _chosen(
    source: SourceInput, name: str | None, field_map: Mapping[str, str] | None
) -> tuple[Layout, Mapping[str, str], Sequence[str]]:
    if name is not None and name in KNOWN:
        return load_layout(name), {}, ()
    looked_at = HeadsOnce(source)
    found = recognise(looked_at) if name is None and not field_map else None
    if found is not None:
        return found, {}, ()
    from curate.sources import generic
    from curate.sources.files import kind_of

    used = generic.checked_map(looked_at, field_map)
    unread = generic.unread_columns(looked_at, used)
    return generic.mapped_layout(name or kind_of(source), used), used, unread


def _limited(
    layout: Layout, source: SourceInput, limit: int | None
) -> Iterator[SourceRecord | SourceDrop]:
    """Records up to the last of `limit` prompts; of a layout in runs, all records of that one."""
    count = 0
    turns = None
    for record in layout.read(source):
        if isinstance(record, SourceRecord):
            count += not layout.in_runs or record.turns != turns
            turns = record.turns
            if limit is not None and count > limit:
                return
        yield record
        if count == limit and not layout.in_runs:
            return
