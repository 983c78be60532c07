"""The build stage: votes in, pairs out, every row that left with its reason.

A build is written beside the others and shown by one rename, so a killed or failed build leaves the
last good one in place. The same inputs, settings and version give the same build_id and bytes.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from curate import filters, manifests, parameters
from curate.bad_journal import name_bad_line
from curate.engines.base import NARROW_ROWS, Engine
from curate.engines.duckdb import DuckDBEngine
from curate.event_numbers import journal_files
from curate.inputs import Inputs, read_inputs
from curate.local_folders import table_files
from curate.locks import held
from curate.manifest_files import build_manifest
from curate.near.benchmarks import signed_benchmarks
from curate.near.contamination import take_signatures
from curate.sandbox import unreadable
from curate.sites import OpenSite, Site, in_this_process
from curate.steps import PLAN, Step
from curate.tokens.counting import count_tokens
from curate.tokens.reader import TokenReader, load_reader
from curate.workspace import Workspace
from curate.writing.comparisons import write_comparisons
from curate.writing.scores import write_scores
from schemas.arrow import table_schema
from schemas.errors import BuildError, JournalError
from schemas.manifest import BuildManifest

Progress = Callable[[str], None]
OUT_OF_MEMORY = "Out of Memory"
MORE_MEMORY = "give DuckDB more, e.g. PAIRWRIGHT_MEMORY_MB=2048"
STAGING, REPLACED = ".staging-", ".replaced-"
PULLED = ("prompts", "candidates", "dropped")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """A build and where it lies; `unchanged` where it was there already."""

    manifest: BuildManifest
    folder: Path
    unchanged: bool


def build(
    workspace: Workspace,
    *,
    now: datetime,
    force: bool = False,
    strict: bool = False,
    progress: Progress = lambda _step: None,
    site: OpenSite = in_this_process,
) -> BuildReport:
    """Build the workspace and point builds/latest at it. `progress` is told each step's name.

    `site` says where the build runs; wherever that is, the same rows come out.

    Raises ConfigError for a setting or predicate that does not hold, JournalError for a bad journal
    line, BuildError where an audit fails, and with `strict` where there is a warning.
    """
    settings = workspace.settings
    filters.check(settings.config.filter)
    with held(workspace.builds / ".lock", "a build"):
        _tidy(workspace)
        inputs = read_inputs(workspace, fetch=True)
        folder = workspace.builds / inputs.build_id(settings)
        unchanged = not force and (folder / "manifest.json").is_file()
        if not unchanged:
            _build_into(workspace, inputs, folder, now, progress, site)
        manifest = build_manifest(folder)
        if strict and manifest.warnings:
            raise BuildError(f"--strict: {manifest.warnings[0]}", "mend it or build without")
        _point_latest(workspace, folder)
    return BuildReport(manifest, folder, unchanged)


def _tidy(workspace: Workspace) -> None:
    """Clear away what killed builds left; what one was about to replace is back in place."""
    for stale in workspace.builds.glob(f"{STAGING}*"):
        shutil.rmtree(stale)
    for old in workspace.builds.glob(f"{REPLACED}*"):
        folder = old.with_name(old.name.removeprefix(REPLACED))
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)


def _build_into(
    workspace: Workspace,
    inputs: Inputs,
    folder: Path,
    now: datetime,
    progress: Progress,
    site: OpenSite,
) -> None:
    staging = workspace.builds / f"{STAGING}{os.getpid()}"
    scratch = staging / "scratch"
    scratch.mkdir(parents=True)
    try:
        with site(workspace, scratch) as opened:
            _open(workspace, opened.engine, inputs, scratch)
            _run_plan(workspace, opened, inputs, scratch, now, progress)
            with _named(workspace, opened.engine, PLAN[-1]):
                manifest = _write(workspace, opened.engine, inputs, staging, now)
            (staging / "manifest.json").write_text(manifest.model_dump_json(indent=2), "utf-8")
            opened.publish(staging, folder.name)
        shutil.rmtree(scratch)
        old = folder.with_name(f"{REPLACED}{folder.name}")
        if folder.exists():
            folder.rename(old)
        staging.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _open(workspace: Workspace, engine: Engine, inputs: Inputs, scratch: Path) -> None:
    pulled = {name: table_files(workspace, name, scratch / "pulls") for name in PULLED}
    routes = [workspace.routes] if workspace.routes.is_file() else []
    with _readable(engine, "raw_prompts"):
        engine.read_pulls("raw_prompts", pulled["prompts"], table_schema("prompts"))
    with _readable(engine, "raw_candidates"):
        engine.read_pulls("raw_candidates", pulled["candidates"], table_schema("candidates"))
    with _readable(engine, "raw_routes"):
        engine.read("raw_routes", routes, table_schema("routes"))
    with _readable(engine, "pull_dropped"):
        engine.read("pull_dropped", pulled["dropped"], table_schema("dropped"))
    _open_journals(workspace, engine, scratch)
    for name, table in parameters.tables(workspace.settings, inputs.licences).items():
        engine.put(name, table)


@contextmanager
def _readable(engine: Engine, name: str, journals: Workspace | None = None) -> Iterator[None]:
    """Raise WorkspaceError, or JournalError for a bad line of `journals`, where reading fails."""
    try:
        yield
    except engine.faults as error:
        if journals is not None:
            name_bad_line(journals)
        raise unreadable(name, error) from error


def _open_journals(workspace: Workspace, engine: Engine, scratch: Path) -> None:
    folder = scratch / "sealing"
    folder.mkdir()
    sealing = DuckDBEngine(folder, {})
    try:
        with (
            _readable(sealing, "raw_events", workspace),
            _readable(engine, "raw_events", workspace),
        ):
            journals = journal_files(sealing, workspace.journals(), scratch)
            engine.read_numbered("raw_events", journals, table_schema("events"))
    finally:
        sealing.close()


def _run_plan(
    workspace: Workspace,
    site: Site,
    inputs: Inputs,
    scratch: Path,
    now: datetime,
    progress: Progress,
) -> None:
    reader = _reader(workspace, inputs)
    for step in PLAN:
        progress(step.name)
        with _named(workspace, site.engine, step):
            if step.name == "media":
                signed = signed_benchmarks(workspace, inputs, scratch, now)
                take_signatures(site.engine, signed, scratch)
            _give(site, step, reader, progress)
            step.run(site.engine)
        if step.drops:
            site.engine.run(f"{step.name}/dropped", f"{step.name}_dropped")


def _give(site: Site, step: Step, reader: TokenReader | None, progress: Progress) -> None:
    """What a step is given beside the tables of the steps before."""
    engine = site.engine
    if step.name == "media" and engine.values["look_radius"] is not None:
        site.look_at_media(lambda seen: progress(f"{seen:,} pictures looked at"))
    if step.name == "filter":
        site.filter("prompt", "candidate")
    if step.name == "pair":
        site.filter("pair")
        count_tokens(engine, reader, lambda n: progress(f"{n:,} answers' tokens counted"))


def _reader(workspace: Workspace, inputs: Inputs) -> TokenReader | None:
    """The tokenizer, loaded before all else: one that cannot be is found out at once."""
    if inputs.tokenizer is None:
        return None
    return load_reader(inputs.tokenizer, str(workspace.settings.pairs.tokenizer))


@contextmanager
def _named(workspace: Workspace, engine: Engine, step: Step) -> Iterator[None]:
    """Raise BuildError that names the step, or JournalError for a line, where a step fails."""
    try:
        yield
    except JournalError:
        name_bad_line(workspace)
        raise
    except engine.faults as error:
        if step.name == "load":
            name_bad_line(workspace)
        fix = MORE_MEMORY if OUT_OF_MEMORY in str(error) else "run with --debug for more"
        raise BuildError(f"step {step.name!r} failed: {engine.why(error)}", fix) from error


def _write(
    workspace: Workspace, engine: Engine, inputs: Inputs, staging: Path, now: datetime
) -> BuildManifest:
    steps = manifests.audited_steps(engine)
    counts = {"candidates": engine.count("candidate_keys"), "prompts": engine.count("prompt_keys")}
    for name in ("pairs", "ties"):
        counts[name] = write_comparisons(engine, name, staging / f"{name}.parquet")
    counts["scores"] = write_scores(engine, staging / "scores.parquet")
    for name in ("splits", "dropped"):
        path = staging / f"{name}.parquet"
        counts[name] = engine.write(f"write/{name}", path, table_schema(name), NARROW_ROWS)
    return manifests.make(workspace, engine, inputs, steps, counts, now)


def _point_latest(workspace: Workspace, folder: Path) -> None:
    """Move builds/latest by one rename, so that it always names a whole build."""
    link = workspace.builds / f".latest-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(workspace.builds / "latest")
