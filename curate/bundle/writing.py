"""Writing a bundle into the folder of a push: the pulls, votes, settings and media of a build.

What leaves is listed in `curate.bundle.layout` and nothing else does. Local folders, a server's
words on failures, and the paths of benchmarks are cut; the salt, ledgers, caches and keys are never
read.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

from curate.bundle import config, layout, media
from curate.bundle.journals import seal
from curate.bundle.people import named_people
from curate.inputs import Inputs, read_inputs
from curate.local_folders import LEAVES, cut, without_folders
from curate.manifest_files import build_manifest, pull_manifest
from curate.media.store import MediaStore
from curate.near.benchmarks import signed_benchmarks
from curate.settings import parse
from curate.workspace import Workspace
from schemas.arrow import from_batches, to_table
from schemas.counted import counted
from schemas.errors import ExportError
from schemas.manifest import BuildManifest
from schemas.route import Route
from schemas.select import Selected

JOURNALED = re.compile(layout.JOURNAL + r"(\.[A-Za-z0-9_-]+)*")


def write_bundle(workspace: Workspace, build: Path, staging: Path) -> None:
    """Write `pairwright/` below `staging`, the same bytes each time.

    `staging` has the shards of pairs in data/ already, whose media are not written twice; without
    them all media are. Raises ExportError where the workspace has moved on since the build, where
    its tokenizer is only here, where a person's name would leave, or where a medium is missing.
    """
    manifest = build_manifest(build)
    _refuse_local_tokenizer(workspace, manifest)
    inputs = read_inputs(workspace)
    text = config.config_of(workspace.settings, manifest.settings)
    if inputs.build_id(parse(text, str(build))) != manifest.build_id:
        raise ExportError(
            f"build {manifest.build_id[:12]} is not of the workspace as it is now",
            "build it anew with: curate build",
        )
    _refuse_names(workspace, build)
    target = staging / layout.FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="curate-") as scratch:
        _write_pulls(workspace, target / "pulls", Path(scratch))
        _write_journals(workspace, target / "annotations")
        _write_signatures(workspace, inputs, manifest, target / "signatures", Path(scratch))
        _write_media(workspace, staging, Path(scratch))
    _write_choices(workspace, target)
    (target / "curate.toml").write_text(text, "utf-8")
    (target / "manifest.json").write_text(_without_paths(manifest), "utf-8")


def _refuse_local_tokenizer(workspace: Workspace, manifest: BuildManifest) -> None:
    """Raise ExportError where the build counted tokens by what nobody else has."""
    name = manifest.settings.get("pairs", {}).get("tokenizer")
    if not config.travels(name) or (name and (workspace.root / name).is_dir()):
        raise ExportError(
            f"[pairs] tokenizer {name!r} is not OWNER/NAME@REVISION of the Hub: nobody else could "
            "make this build",
            "set [pairs] tokenizer to one that is, or take it and max_tokens out, and build again",
        )


def _refuse_names(workspace: Workspace, build: Path) -> None:
    """Raise ExportError where ids of people are no pseudonyms: how many, and not which."""
    named = named_people(workspace, build)
    if named:
        raise ExportError(
            counted(
                len(named),
                "rater is a person whose id is no pseudonym (h- and 12 hex digits)",
                "raters are people whose ids are no pseudonyms (h- and 12 hex digits)",
            ),
            "list those that name nobody: [export] pseudonyms; else pull with other rater names",
        )


def _write_pulls(workspace: Workspace, target: Path, scratch: Path) -> None:
    for folder in workspace.pull_folders():
        if not re.fullmatch(layout.PULL, folder.name):
            raise ExportError(f"pull {folder.name!r} has no name of ours", "pull its source again")
        there = target / folder.name
        there.mkdir(parents=True)
        for table in LEAVES:
            source = without_folders(folder / f"{table}.parquet", table, scratch / "cut")
            shutil.copyfile(source, there / f"{table}.parquet")
        told = cut(pull_manifest(folder).model_dump(mode="json"))
        (there / "pull.json").write_text(_json(told), "utf-8")


def _write_journals(workspace: Workspace, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in workspace.journals():
        if not JOURNALED.fullmatch(path.stem):
            raise ExportError(
                f"annotations/{path.name} has a name that a data set cannot keep",
                "rename it to letters, digits, dashes and dots",
            )
        form = layout.LINES if path.suffix == ".jsonl" else layout.SEALED
        seal(path, target / f"{path.stem}{form}")


def _write_signatures(
    workspace: Workspace, inputs: Inputs, manifest: BuildManifest, target: Path, scratch: Path
) -> None:
    for name, signed in signed_benchmarks(workspace, inputs, scratch, manifest.at).items():
        target.mkdir(exist_ok=True)
        pq.write_table(signed.table, target / config.signature_name(name), compression="zstd")


def _write_media(workspace: Workspace, staging: Path, scratch: Path) -> None:
    tables = workspace.pull_tables("prompts")
    data = sorted(staging.glob("data/*.parquet"))
    held = media.held_by(data)
    files = media.shown_files(tables, scratch) if tables else []
    left = [file for file in files if file.partition(".")[0] not in held]
    most = workspace.settings.config.export.shard_mb * 1_000_000
    media.pack(MediaStore(workspace.media), left, staging / layout.FOLDER / "media", most)


def _write_choices(workspace: Workspace, target: Path) -> None:
    """Who rates what and what was selected, where that was decided."""
    for path, model in ((workspace.routes, Route), (workspace.selected, Selected)):
        if path.is_file():
            with pq.ParquetFile(path) as file:
                table = to_table(from_batches(file.iter_batches(), model), model)
            pq.write_table(table, target / path.name, compression="zstd")


def _without_paths(manifest: BuildManifest) -> str:
    told = manifest.model_dump(mode="json")
    for benchmark in told["settings"].get("decontaminate", ()):
        benchmark.pop("path", None)
    return _json(told)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
