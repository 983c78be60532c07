"""Whether a source is a push of ours: a folder or a data set on the Hub with our manifest in it."""

import shutil
from pathlib import Path
from typing import Any

from curate.bundle import layout
from curate.bundle.reading import Bundle, checked_names, local_bundle
from curate.pull.source_name import source_name
from curate.sources.location import HubSet, parse_location
from schemas.errors import SourceError, UsageError


def find(
    location: str, *, revision: str | None = None, allow_remote: bool = False
) -> Bundle | None:
    """The bundle at a location; None for any other source. One on the Hub is downloaded.

    Raises SourceError where the Hub cannot be asked, or where a file in it is none of ours.
    """
    place = parse_location(location, revision=revision, allow_remote=allow_remote)
    if not isinstance(place, HubSet):
        return local_bundle(place.path, source_name(location)) if place.path.is_dir() else None
    return None if place.split or place.config else _on_hub(place)


def refuse_options(**given: Any) -> None:
    """Raise UsageError where an option was given that a push has no use for."""
    named = [f"--{name.replace('_', '-')}" for name, value in given.items() if value]
    if named:
        raise UsageError(
            f"{named[0]} does not go with a push of curate, which is taken in whole",
            "leave it out, or read its rows as a plain set with --format",
        )


def _on_hub(place: HubSet) -> Bundle | None:
    from curate.sources.hf import looked_up

    found = looked_up(place)
    sizes = {one.rfilename: one.size or 0 for one in found.siblings or ()}
    if layout.MANIFEST not in sizes:
        return None
    names = checked_names(list(sizes), place.repo)
    _refuse_too_large(place.repo, sum(sizes[name] for name in names))
    root = _downloaded(place.repo, str(found.sha), names)
    return Bundle(root, names, place.repo, found.sha)


def _refuse_too_large(repo: str, size: int) -> None:
    """Raise SourceError where the disk of the Hub's cache has no room for so many bytes."""
    from huggingface_hub.constants import HF_HUB_CACHE

    cache = Path(HF_HUB_CACHE)
    there = next(folder for folder in (cache, *cache.parents) if folder.is_dir())
    free = shutil.disk_usage(there).free
    if size > free:
        raise SourceError(
            f"hf:{repo}: {size:,} bytes, and the disk of the Hub's cache has {free:,} left",
            "make room, or set HF_HOME to a folder on another disk",
        )


def _downloaded(repo: str, commit: str, names: tuple[str, ...]) -> Path:
    """The folder of the Hub's cache that now has these files; what came before is kept.

    Raises SourceError.
    """
    from huggingface_hub import hf_hub_download

    from curate.sources.hf import BROKEN

    paths: dict[str, str] = {}
    try:
        for name in names:
            paths[name] = hf_hub_download(repo, name, repo_type="dataset", revision=commit)
    except BROKEN as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise SourceError(
            f"hf:{repo}: {names[len(paths)]} did not come: {first}", "pull again: what came is kept"
        ) from error
    return Path(paths[layout.MANIFEST]).parents[1]
