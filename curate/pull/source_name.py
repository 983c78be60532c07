"""What a source is called in rows and folders: never a path of this machine."""

from pathlib import Path

from curate.ingest.text import told
from curate.sources.location import HubSet, container_of, parse_location


def source_name(location: str) -> str:
    """A file's name without what names its container, a folder's name, or a Hub id."""
    place = parse_location(location)
    if isinstance(place, HubSet):
        return place.repo
    name = folder_name(place.path)
    return _bare(name) if container_of(name) else name


def folder_name(path: Path) -> str:
    """The last part of a path, also of `.`."""
    return told(path.resolve().name or "source")


def _bare(name: str) -> str:
    path = Path(name)
    inner = path.stem if path.suffix.lower() == ".gz" else name
    return Path(inner).stem
