"""The export stage: a build into one folder a format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from curate.export_tables import write_tables
from curate.manifest_files import build_manifest
from curate.media.stored import StoredMedia
from curate.setting_changes import made_otherwise
from curate.settings import Settings
from curate.version import __version__
from curate.workspace import Workspace
from export.base import Choices, ExportInput, ExportOptions, ExportResult, Format, Metric
from export.folder import refuse_foreign
from export.registry import FORMATS, get_format
from schemas.config import ExportSection
from schemas.errors import ExportError, did_you_mean
from schemas.manifest import BuildManifest
from schemas.rubric import scales_of

SPLITS = ("train", "validation", "test")
NATIVE = "native"


def export(
    workspace: Workspace,
    formats: Sequence[str],
    out: Path | None,
    progress: Callable[[int], None] = lambda _count: None,
) -> dict[str, ExportResult]:
    """Write the latest build in every format named, each below `out`/<format>.

    `out` is exports/<build id> in the workspace where it is not given. Raises ExportError for an
    unknown format or a folder that is not ours to write, WorkspaceError before the first build.
    """
    names = list(dict.fromkeys(formats or workspace.settings.config.export.formats))
    for name in names:
        if name not in (*FORMATS, NATIVE):
            raise ExportError(
                f"export format {name!r} unknown", did_you_mean(name, [*FORMATS, NATIVE])
            )
    target = out or _default_folder(workspace, names)
    choices = choices_of(workspace.settings.config.export)
    return {name: _one(workspace, name, target / name, progress, choices) for name in names}


def warnings_of(workspace: Workspace, formats: Iterable[str]) -> tuple[str, ...]:
    """What to warn of whoever exports the latest build in these formats."""
    if not set(formats) - {NATIVE}:
        return ()
    return made_otherwise(workspace, build_manifest(workspace.build_folder()))


def choices_of(section: ExportSection) -> Choices:
    """What [export] decides of a format's rows."""
    threshold = section.threshold
    return Choices(
        k=section.k,
        reward_margin=section.reward_margin,
        threshold=None if threshold is None else Decimal(str(threshold)),
        pseudonyms=section.pseudonyms,
    )


def known_formats() -> dict[str, str]:
    """What each format is for, by name."""
    about = {name: get_format(name).about for name in FORMATS}
    return {**about, NATIVE: "our own layout with every vote, to be pulled again"}


def _one(
    workspace: Workspace, name: str, out: Path, progress: Callable[[int], None], choices: Choices
) -> ExportResult:
    if name == NATIVE:
        from curate.native_export import write_native

        return write_native(workspace, out, progress)
    kind = get_format(name)
    refuse_foreign(out)
    with TemporaryDirectory(prefix="curate-", dir=_beside(out)) as scratch:
        given = _input(workspace, kind, Path(scratch), choices)
        return kind.write(given, out, ExportOptions(progress=progress))


def _beside(out: Path) -> Path:
    """Where the rows made for a format may lie a while: on the disk that the export goes to."""
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    return out.absolute().parent


def _input(workspace: Workspace, kind: Format, scratch: Path, choices: Choices) -> ExportInput:
    build = workspace.build_folder()
    manifest = build_manifest(build)
    unproven = manifest.trust is not None and manifest.trust.verdict == "unproven"
    tables = write_tables(workspace, kind.reads, scratch, judged=not unproven)
    of_pairs = kind.reads == ("pairs",)
    return ExportInput(
        pairs=build / "pairs.parquet",
        ties=build / "ties.parquet",
        media=StoredMedia(workspace.media),
        splits=[split for split in SPLITS if manifest.splits.get(split) or not of_pairs],
        shard_bytes=workspace.settings.config.export.shard_mb * 1_000_000,
        version=__version__,
        build_id=manifest.build_id,
        judge_unproven=unproven,
        rubric=_metrics(workspace.settings, manifest),
        choices=choices,
        left_out=tables.left_out,
        answers=tables.files.get("answers"),
        references=tables.files.get("references"),
        votes=tables.files.get("votes"),
    )


def _metrics(settings: Settings, manifest: BuildManifest) -> list[Metric]:
    """The metrics that the build was made with, in the rubric's order where that is still it."""
    scales = scales_of(manifest.rubric_id)
    order = [one.name for one in settings.rubric.metric]
    names = order if set(order) == set(scales) else list(scales)
    weights: Mapping[str, float] = manifest.settings["weights"]
    return [Metric(name, *scales[name], weights.get(name, 0.0)) for name in names]


def _default_folder(workspace: Workspace, names: Sequence[str]) -> Path:
    if names == [NATIVE]:
        return workspace.root / "exports"
    return workspace.root / "exports" / workspace.build_folder().name[:12]
