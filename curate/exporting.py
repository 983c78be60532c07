"""The export stage: a build into one folder a format."""

from collections.abc import Callable, Sequence
from pathlib import Path

from curate.manifest_files import build_manifest
from curate.version import __version__
from curate.workspace import Workspace
from export.base import ExportInput, ExportOptions, ExportResult
from export.registry import FORMATS, get_format
from schemas.errors import ExportError, NotBuiltYetError, did_you_mean

SPLITS = ("train", "validation", "test")
NATIVE = "native"


def export(
    workspace: Workspace,
    formats: Sequence[str],
    out: Path | None,
    *,
    verify: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
) -> dict[str, ExportResult]:
    """Write the latest build in every format named, each below `out`/<format>.

    `out` is exports/<build id> in the workspace where it is not given. Raises ExportError for an
    unknown format or a folder that is not ours to write, WorkspaceError before the first build.
    """
    if verify:
        raise NotBuiltYetError("--verify is not there yet", "leave it out")
    names = list(dict.fromkeys(formats or workspace.settings.config.export.formats))
    for name in names:
        if name not in (*FORMATS, NATIVE):
            raise ExportError(
                f"export format {name!r} unknown", did_you_mean(name, [*FORMATS, NATIVE])
            )
    target = out or _default_folder(workspace, names)
    return {name: _one(workspace, name, target / name, progress) for name in names}


def _one(
    workspace: Workspace, name: str, out: Path, progress: Callable[[int], None]
) -> ExportResult:
    if name == NATIVE:
        from curate.native_export import write_native

        return write_native(workspace, out, progress)
    given = _input(workspace)
    return get_format(name).write(given, out, ExportOptions(progress=progress))


def _input(workspace: Workspace) -> ExportInput:
    build = workspace.build_folder()
    manifest = build_manifest(build)
    return ExportInput(
        pairs=build / "pairs.parquet",
        ties=build / "ties.parquet",
        media=workspace.media,
        splits=[split for split in SPLITS if manifest.splits.get(split)],
        shard_bytes=workspace.settings.config.export.shard_mb * 1_000_000,
        version=__version__,
        build_id=manifest.build_id,
        judge_unproven=manifest.trust is not None and manifest.trust.verdict == "unproven",
    )


def _default_folder(workspace: Workspace, names: Sequence[str]) -> Path:
    if names == [NATIVE]:
        return workspace.root / "exports"
    return workspace.root / "exports" / workspace.build_folder().name[:12]
