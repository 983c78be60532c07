"""What a user named as a source: a path on this machine or a data set on the Hub.

Nothing else is read: a URL is refused, so that a source never makes the tool fetch from anywhere
but the Hub.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from schemas.errors import SourceError, UsageError, did_you_mean

HUB_PREFIX = re.compile(r"^(hub|hf):(?!//)")
URL = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+)://")
REPO = re.compile(r"^[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?$", re.ASCII)
OPTIONS = ("split", "config", "revision")
SUFFIXES: Mapping[str, str] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
"""File suffix -> container, in lower case; text containers may also end in `.gz`."""


@dataclass(frozen=True, slots=True)
class LocalPath:
    """A file or a folder of this machine."""

    path: Path


@dataclass(frozen=True, slots=True)
class HubSet:
    """A data set on the Hub; what is null is the Hub's default."""

    repo: str
    split: str | None = None
    config: str | None = None
    revision: str | None = None


def parse_location(
    location: str, *, revision: str | None = None, allow_remote: bool = False
) -> LocalPath | HubSet:
    """The place a location names: `hf:owner/name?split=test`, `owner/name` or a path.

    `owner/name` is the Hub's only where no such path exists here. Raises SourceError for anything
    else.
    """
    url = URL.match(location)
    if url:
        raise _refused(location, url[1], allow_remote=allow_remote)
    prefix = HUB_PREFIX.match(location)
    if prefix:
        return _hub_set(location[prefix.end() :], location, revision)
    path = Path(location)
    if not _is_there(path) and _may_be_repo(location):
        return _hub_set(location, location, revision)
    if revision is not None:
        raise UsageError(f"a local path has no revision: {location}", "leave out the revision")
    return LocalPath(path)


def container_of(name: str) -> str | None:
    """The container that a file's name promises: jsonl, json, csv, parquet, or null."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    if suffixes[-1:] == [".gz"]:
        inner = SUFFIXES.get(suffixes[-2]) if len(suffixes) > 1 else None
        return None if inner == "parquet" else inner
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def _is_there(path: Path) -> bool:
    """Whether there is such a path. Raises SourceError for one that no disk could have."""
    try:
        return path.exists()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}", "check the path") from error


def _refused(location: str, scheme: str, *, allow_remote: bool) -> SourceError:
    if scheme in ("hf", "hub"):
        return SourceError(f"{location} is no location", "write it as hf:OWNER/NAME")
    note = " (--allow-remote is for pictures that rows point to)" if allow_remote else ""
    return SourceError(
        f"{location}: a source is a local path or a Hub id, not a {scheme} address{note}",
        "download it first and pull the file, or name it as hf:OWNER/NAME",
    )


def _may_be_repo(location: str) -> bool:
    name = location.partition("?")[0]
    return "/" in name and bool(REPO.match(name)) and container_of(name) is None


def _hub_set(named: str, location: str, revision: str | None) -> HubSet:
    repo, _, query = named.partition("?")
    if not REPO.match(repo):
        raise SourceError(
            f"{location}: {repo!r} is no Hub id",
            "write hf:OWNER/NAME, or the path alone with --format hf for a local folder",
        )
    options = _options(query, location)
    if revision is not None and options.get("revision") not in (None, revision):
        raise UsageError(
            f"{location} names revision {options['revision']!r}, the option {revision!r}",
            "name it once",
        )
    return HubSet(
        repo, options.get("split"), options.get("config"), revision or options.get("revision")
    )


def _options(query: str, location: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    for name, value in options.items():
        if name not in OPTIONS:
            raise SourceError(f"{location}: {name!r} unknown", did_you_mean(name, OPTIONS))
        if not value:
            raise SourceError(f"{location}: {name} is empty", f"write ?{name}=VALUE")
    return options
