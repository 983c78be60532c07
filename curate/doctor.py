"""The examination behind `curate doctor`. Nothing is imported that is only looked for.

Our top-level packages have generic names (schemas, annotate, curate, export, align): another
distribution in the same environment may have written over one of them, so they must all lie in one
folder.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from curate.version import __version__
from curate.workspace import CONFIG_NAME, Workspace
from schemas.errors import PairwrightError, installing

PACKAGES = ("schemas", "annotate", "curate", "export", "align")
CORE = (
    "typer",
    "rich",
    "pydantic",
    "duckdb",
    "pyarrow",
    "pandas",
    "datasets",
    "huggingface_hub",
    "pillow",
    "label-studio-sdk",
    "google-genai",
    "openai",
    "scikit-learn",
)
OPTIONAL = {
    "av": "video",
    "sentence-transformers": "embed",
    "open_clip_torch": "embed",
    "transformers": "tokens",
    "pyspark": "spark",
    "sqlglot": "spark",
    "torch": "align",
    "trl": "align",
}
KEYS = (
    "GEMINI_API_KEY",
    "OPENAI_API_KEY",
    "LABEL_STUDIO_URL",
    "LABEL_STUDIO_API_KEY",
    "HF_TOKEN",
)
LITTLE_DISK = 2 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. A `note` is no fault: an optional part or a key that is not there."""

    state: Literal["ok", "note", "wrong"]
    what: str
    found: str


def examine(directory: Path, overrides: Sequence[str] = ()) -> list[Check]:
    """Every check in the order it is printed."""
    return [
        Check("ok", "pairwright", f"{__version__} on Python {sys.version.split()[0]}"),
        one_folder(PACKAGES),
        *_core(),
        *_optional(),
        *_keys(),
        _disk(directory),
        *_workspace(directory, overrides),
    ]


def one_folder(packages: tuple[str, ...]) -> Check:
    """Whether all our packages load from one folder."""
    folders = {}
    for name in packages:
        spec = find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            return Check("wrong", f"package {name}", "not importable; install pairwright again")
        folders[name] = str(Path(next(iter(spec.submodule_search_locations))).parent)
    if len(set(folders.values())) > 1:
        found = ", ".join(f"{name} from {folder}" for name, folder in folders.items())
        return Check("wrong", "packages", f"{found}; use an environment of its own")
    return Check("ok", "packages", f"all from {next(iter(folders.values()))}")


def _core() -> Iterator[Check]:
    for name in CORE:
        version = _version(name)
        yield (
            Check("ok", name, version)
            if version
            else Check("wrong", name, "missing; install pairwright again")
        )


def _optional() -> Iterator[Check]:
    for name, extra in OPTIONAL.items():
        found = _version(name) or f"not installed; {installing(extra)}"
        yield Check("ok" if _version(name) else "note", name, found)


def _keys() -> Iterator[Check]:
    for name in KEYS:
        yield Check("ok", name, "set") if os.environ.get(name) else Check("note", name, "not set")


def _disk(directory: Path) -> Check:
    free = shutil.disk_usage(directory if directory.is_dir() else ".").free
    state: Literal["ok", "wrong"] = "ok" if free > LITTLE_DISK else "wrong"
    return Check(state, "free disk", f"{free / (1 << 30):.1f} GiB")


def _workspace(directory: Path, overrides: Sequence[str]) -> Iterator[Check]:
    if not (directory / CONFIG_NAME).is_file():
        yield Check("note", "workspace", f"none at {directory}; curate init DIR makes one")
        return
    try:
        rubric = Workspace.open(directory, overrides).rubric
    except PairwrightError as error:
        yield Check("wrong", str(directory / CONFIG_NAME), str(error))
        return
    yield Check("ok", "workspace", f"{directory}, rubric {rubric.name}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
