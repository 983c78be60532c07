"""All files of the sample as bytes, and how they differ from those in a folder."""

from collections.abc import Mapping
from pathlib import Path

from scripts.sample.cases import FAULTS, THEMES, theme
from scripts.sample.judgements import judgements
from scripts.sample.lines import line_of
from scripts.sample.media import Media
from scripts.sample.readme import readme_of


def sample() -> dict[str, bytes]:
    """Every file of the sample by its path."""
    themes = [theme(name) for name in THEMES]
    faults = theme(FAULTS)
    media = Media([*themes, faults])
    good = [case for one in themes for case in one.cases]
    lines = [line_of(case, media.paths) for case in (*good, *faults.cases)]
    lines.insert(len(good), faults.broken_line)
    pulled = {
        "sample.jsonl": "".join(f"{line}\n" for line in lines).encode(),
        **dict(sorted(media.files.items())),
    }
    return {
        "README.md": readme_of(good, faults.cases).encode(),
        "judgements.jsonl": judgements(pulled, [*good, *faults.cases]),
        **pulled,
    }


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Put the files into the folder, and take out what is no longer one of them."""
    for path in _there(folder):
        if path not in files:
            (folder / path).unlink()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def differences(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """A line for every file that is missing, changed, or not ours."""
    there = _there(folder)
    missing = [f"missing: {path}" for path in files if path not in there]
    changed = [
        f"changed: {path}"
        for path, data in files.items()
        if path in there and (folder / path).read_bytes() != data
    ]
    return [*missing, *changed, *(f"not ours: {path}" for path in there if path not in files)]


def _there(folder: Path) -> list[str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path.relative_to(folder).as_posix() for path in paths]
