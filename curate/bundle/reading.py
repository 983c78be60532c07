"""A bundle that was found: where it lies, its files by name, and what of them is staged, checked.

Everything in it is a stranger's. Only names that we write are opened; every row is read as a model
and written anew, so that no byte of a table goes into a workspace unseen.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pydantic import BaseModel, ValidationError

from curate.bundle import layout
from curate.bundle.checked import FIX, checked_rows, table_of
from curate.bundle.config import SIGNATURES, config_of, only_settings, signature_name
from curate.bundle.journals import unseal
from curate.near.signatures import signature_file
from curate.pull.commit import PULL_PREFIX
from curate.settings import Settings
from curate.workspace import Workspace
from schemas.arrow import model_schema
from schemas.base import Hex32
from schemas.candidate import Candidate, Prompt
from schemas.errors import SourceError
from schemas.manifest import PullManifest
from schemas.pair import DroppedRow
from schemas.route import Route
from schemas.select import Selected

TABLES: dict[str, type[BaseModel]] = {
    "prompts": Prompt,
    "candidates": Candidate,
    "dropped": DroppedRow,
}
GROUP_ROWS = 1_000
TEXT_BYTES = 16_000_000
"""What a bundle's JSON or TOML may be: a manifest of a large build is far below."""


class About(BaseModel):
    """What is read of a bundle's manifest.json; other versions write other fields beside."""

    build_id: Hex32
    version: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle's files below a folder, and what it is called: a Hub id or a folder's name.

    `revision` is the commit of a Hub data set.
    """

    root: Path
    names: tuple[str, ...]
    source: str
    revision: str | None = None

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self.root / name

    def like(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """The names that are as the pattern says, sorted."""
        return [found for name in self.names if (found := pattern.fullmatch(name))]

    def paths(self, pattern: re.Pattern[str]) -> list[Path]:
        """Where files of such names lie."""
        return [self.path(found[0]) for found in self.like(pattern)]


def local_bundle(folder: Path, source: str) -> Bundle | None:
    """The bundle in a folder; None where a folder has none. Raises SourceError as `checked`."""
    if not (folder / layout.MANIFEST).is_file():
        return None
    below = (folder / layout.FOLDER, folder / "data")
    names = [
        path.relative_to(folder).as_posix()
        for start in below
        for path in start.rglob("*")
        if path.is_file()
    ]
    return Bundle(folder, checked_names(names, source), source)


def checked_names(names: list[str], source: str) -> tuple[str, ...]:
    """The names of a bundle's files, sorted, without those beside it.

    Raises SourceError where one inside `pairwright/` is none that we write.
    """
    ours = [name for name in names if name.startswith(f"{layout.FOLDER}/")]
    strange = sorted(name for name in ours if not layout.is_known(name))
    if strange:
        raise SourceError(f"{source}: {strange[0][:200]!a} is no file of a push", FIX)
    return tuple(sorted(name for name in names if layout.is_known(name)))


def about(bundle: Bundle) -> About:
    """What the bundle says of its build. Raises SourceError."""
    found: About = _read_model(bundle, layout.MANIFEST, About)
    return found


def settings_in(bundle: Bundle) -> Settings:
    """The settings that came with it. Raises SourceError, or ConfigError where they do not hold."""
    return only_settings(_text(bundle, layout.CONFIG), f"{bundle.source}: {layout.CONFIG}")


def stage(bundle: Bundle, folder: Path) -> tuple[Workspace, list[str]]:
    """All of a bundle but its media, checked, as a workspace in `folder`.

    Also the names of journals that are not the lines they were. Raises SourceError.
    """
    staged = Workspace(folder)
    for made in (staged.pulls, staged.annotations, staged.builds):
        made.mkdir(parents=True)
    settings = settings_in(bundle)
    staged.config_path.write_text(config_of(settings), "utf-8")
    for pull in sorted({found["pull"] for found in bundle.like(layout.IN_PULL)}):
        _stage_pull(bundle, staged, pull)
    changed = _stage_journals(bundle, staged)
    _stage_signatures(bundle, staged, settings)
    for name, model in ((layout.ROUTES, Route), (layout.SELECTED, Selected)):
        if name in bundle.names:
            _rewrite(bundle.path(name), folder / Path(name).name, model)
    return staged, changed


def _stage_pull(bundle: Bundle, staged: Workspace, pull: str) -> None:
    place = f"{layout.FOLDER}/pulls/{pull}"
    for name in (*(f"{table}.parquet" for table in TABLES), "pull.json"):
        if f"{place}/{name}" not in bundle.names:
            raise SourceError(f"{bundle.source}: {place}/{name} is not there", FIX)
    manifest = _read_model(bundle, f"{place}/pull.json", PullManifest)
    if manifest.pull_id != pull:
        raise SourceError(f"{bundle.source}: {place} says it is {manifest.pull_id[:90]!a}", FIX)
    folder = staged.pulls / pull
    folder.mkdir()
    for table, model in TABLES.items():
        _rewrite(bundle.path(f"{place}/{table}.parquet"), folder / f"{table}.parquet", model)
    (folder / "pull.json").write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")


def _stage_journals(bundle: Bundle, staged: Workspace) -> list[str]:
    changed = []
    pulls = {folder.name for folder in staged.pull_folders()}
    for found in bundle.like(layout.IN_ANNOTATIONS):
        of_pull = found["journal"].startswith(PULL_PREFIX)
        lines = of_pull or found["form"] == layout.LINES
        name = f"{found['journal']}{'.jsonl' if lines else '.parquet'}"
        if of_pull and found["journal"].removeprefix(PULL_PREFIX) not in pulls:
            raise SourceError(f"{bundle.source}: {found[0]} is of no pull in it", FIX)
        same = unseal(bundle.path(found[0]), staged.annotations / name)
        if not same and not of_pull:
            changed.append(name)
    return changed


def _stage_signatures(bundle: Bundle, staged: Workspace, settings: Settings) -> None:
    """The files that the settings name, and no others."""
    for benchmark in settings.config.decontaminate:
        name = signature_name(benchmark.name)
        path = bundle.path(f"{layout.FOLDER}/{SIGNATURES}/{name}")
        signed = signature_file(path) if path.is_file() else None
        if signed is None:
            raise SourceError(
                f"{bundle.source}: the signatures of {benchmark.name[:80]!a} are not there", FIX
            )
        (staged.root / SIGNATURES).mkdir(exist_ok=True)
        pq.write_table(signed.table, staged.root / SIGNATURES / name, compression="zstd")


def _rewrite(source: Path, target: Path, model: type[BaseModel]) -> None:
    schema = model_schema(model)
    rows: list[BaseModel] = []
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for row in checked_rows(source, model):
            rows.append(row)
            if len(rows) >= GROUP_ROWS:
                writer.write_table(table_of(rows, model, source))
                rows = []
        writer.write_table(table_of(rows, model, source))


def _read_model(bundle: Bundle, name: str, model: type[Any]) -> Any:
    try:
        return model.model_validate(json.loads(_text(bundle, name)))
    except (ValidationError, ValueError, RecursionError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise SourceError(f"{bundle.source}: {name}: {first[:200]}", FIX) from error


def _text(bundle: Bundle, name: str) -> str:
    try:
        with bundle.path(name).open("rb") as file:
            data = file.read(TEXT_BYTES + 1)
        if len(data) > TEXT_BYTES:
            raise SourceError(f"{bundle.source}: {name} is larger than {TEXT_BYTES:,} bytes", FIX)
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{bundle.source}: {name} cannot be read: {error}", FIX) from error
