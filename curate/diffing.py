"""Two builds side by side: pairs added, lost and flipped, and what caused each."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curate.manifest_files import build_manifest
from curate.sandbox import sandbox
from curate.setting_changes import Changes, changed_settings
from curate.sqlfiles import statement
from curate.views import parquet_rows
from curate.workspace import Workspace
from schemas.manifest import BuildManifest

TABLES = ("pairs", "ties", "dropped")
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "below_margin": ("pairs.min_margin", "weights", "score"),
    "no_consensus": ("pairs.min_consensus", "score"),
    "conflict": ("pairs.on_conflict",),
    "unstable": ("pairs.unstable_above",),
    "not_drawn": ("pairs.policy", "pairs.seed", "pairs.min_margin"),
    "over_cap": ("pairs.per_prompt", "pairs.cap", "pairs.mix", "pairs.seed"),
    "over_length": ("pairs.max_tokens", "pairs.tokenizer"),
    "veto": ("pairs.veto",),
    "contaminated": ("decontaminate", "dedupe.image_hamming"),
    "unrated": ("rubric_id", "score"),
    "votes": ("weights", "score", "pairs.on_conflict", "pairs.min_consensus"),
    "tie": ("weights", "score", "pairs.min_consensus"),
    "not compared": ("rubric_id", "score"),
}
"""The settings that may have caused a reason, the likeliest first."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "source": ("pairs.cap.source",),
    "model": ("pairs.cap.model",),
    "longer": ("pairs.cap.longer",),
    "mix.text_share": ("pairs.mix.text_share",),
    "near answer": ("dedupe.response_jaccard",),
    "near prompt": ("dedupe.prompt_jaccard", "dedupe.image_hamming"),
    "boilerplate": ("dedupe.boilerplate", "dedupe.response_jaccard"),
}
"""The settings behind a cap, or behind what of a near copy was near."""

FILTER = "filter:"


@dataclass(frozen=True, slots=True)
class Change:
    """One pair that differs: `setting` is what caused it, or votes and pulls, or the version."""

    change: str
    pair_id: str
    prompt_id: str
    step: str
    reason: str
    setting: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two builds: how many pairs both have, what differs, and which settings and inputs do."""

    a: BuildManifest
    b: BuildManifest
    same: int
    changes: tuple[Change, ...]
    settings: Changes
    inputs: tuple[str, ...]


def diff(workspace: Workspace, a: str, b: str) -> Difference:
    """What the second build has that the first has not, and the other way round.

    Raises WorkspaceError for a build that is not there, or a file that cannot be read.
    """
    folders = [workspace.build_folder(name) for name in (a, b)]
    manifests = [build_manifest(folder) for folder in folders]
    settings = changed_settings(manifests[0].settings, manifests[1].settings)
    inputs = _changed_inputs(*manifests)
    rows = _rows(*folders)
    changes = tuple(
        Change(
            change,
            pair_id,
            prompt_id,
            step,
            reason,
            _cause(_asked(reason, part), settings, inputs, *manifests),
        )
        for change, pair_id, prompt_id, step, reason, part in rows
    )
    lost = sum(it.change != "added" for it in changes)
    return Difference(
        manifests[0], manifests[1], manifests[0].counts["pairs"] - lost, changes, settings, inputs
    )


def _rows(a: Path, b: Path) -> list[tuple[Any, ...]]:
    views: dict[str, str] = {}
    files: list[Path] = []
    for side, folder in (("a", a), ("b", b)):
        for table in TABLES:
            rows = parquet_rows([folder / f"{table}.parquet"], table)
            views[f"{side}_{table}"] = rows.text
            files += rows.files
    views["changes"] = statement("diff/changes")
    with sandbox(views, files) as connection:
        return connection.execute(statement("diff/causes")).fetchall()


def _changed_inputs(a: BuildManifest, b: BuildManifest) -> tuple[str, ...]:
    before, after = ({(it.path, it.sha256) for it in manifest.inputs} for manifest in (a, b))
    return tuple(sorted({path for path, _ in before ^ after}))


def _asked(reason: str, part: str) -> tuple[str, ...]:
    """The settings to look for, the likeliest first."""
    if reason.startswith(FILTER):
        return ("filter",)
    return PARTS.get(part, ()) + SETTINGS.get(reason, ())


def _cause(
    asked: tuple[str, ...],
    settings: Changes,
    inputs: tuple[str, ...],
    a: BuildManifest,
    b: BuildManifest,
) -> str:
    """The changed setting that a reason points to, else what else changed."""
    found = [
        name for part in asked for name in settings if name == part or name.startswith(f"{part}.")
    ]
    if found:
        return found[0]
    if inputs:
        return "votes and pulls"
    if a.version != b.version:
        return f"version {a.version} to {b.version}"
    return ", ".join(settings) or "nothing"
