"""The build stage: votes in, pairs out, every row that left with its reason.

A build is written beside the others and shown by one rename, so a killed or failed build leaves the
last good one in place. The same inputs, settings and version give the same build_id and bytes.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from curate import filters, manifests, parameters
from curate.bad_journal import name_bad_line
from curate.comparisons import write_comparisons
from curate.engines.duckdb import NARROW_ROWS, DuckDBEngine
from curate.event_numbers import numbered_events
from curate.inputs import Inputs, read_inputs
from curate.local_folders import table_files
from curate.locks import held
from curate.manifest_files import build_manifest
from curate.near.benchmarks import signed_benchmarks
from curate.near.contamination import take_signatures
from curate.near.media import look_at_media
from curate.sandbox import unreadable
from curate.steps import PLAN, Step
from curate.tokens.counting import count_tokens
from curate.tokens.reader import TokenReader, load_reader
from curate.views import parquet_rows, pulled_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.errors import BuildError, JournalError
from schemas.manifest import BuildManifest

Progress = Callable[[str], None]
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
) -> BuildReport:
    """Build the workspace and point builds/latest at it. `progress` is told each step's name.

    Raises ConfigError for a setting or predicate that does not hold, JournalError for a bad journal
    line, BuildError where an audit fails, and with `strict` where there is a warning.
    """
    settings = workspace.settings
    filters.check(settings.config.filter)
    with held(workspace.builds / ".lock", "a build"):
        inputs = read_inputs(workspace, fetch=True)
        folder = workspace.builds / inputs.build_id(settings)
        unchanged = not force and (folder / "manifest.json").is_file()
        if not unchanged:
            _build_into(workspace, inputs, folder, now, progress)
        manifest = build_manifest(folder)
        if strict and manifest.warnings:
            raise BuildError(f"--strict: {manifest.warnings[0]}", "mend it or build without")
        _point_latest(workspace, folder)
    return BuildReport(manifest, folder, unchanged)


def _build_into(
    workspace: Workspace, inputs: Inputs, folder: Path, now: datetime, progress: Progress
) -> None:
    for stale in workspace.builds.glob(".staging-*"):
        shutil.rmtree(stale)
    staging = workspace.builds / f".staging-{os.getpid()}"
    scratch = staging / "scratch"
    scratch.mkdir(parents=True)
    try:
        engine = DuckDBEngine(scratch, parameters.values(workspace.settings))
        try:
            _open(workspace, engine, inputs, scratch)
            _run_plan(workspace, engine, inputs, scratch, now, progress)
            manifest = _write(workspace, engine, inputs, staging, now)
        finally:
            engine.close()
        shutil.rmtree(scratch)
        (staging / "manifest.json").write_text(manifest.model_dump_json(indent=2), "utf-8")
        old = staging.with_name(f"{staging.name}-old")
        if folder.exists():
            folder.rename(old)
        staging.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _open(workspace: Workspace, engine: DuckDBEngine, inputs: Inputs, scratch: Path) -> None:
    routes = [workspace.routes] if workspace.routes.is_file() else []
    pulled = {name: table_files(workspace, name, scratch / "pulls") for name in PULLED}
    views = {
        "raw_prompts": pulled_rows(workspace, "prompts", pulled["prompts"]).text,
        "raw_candidates": pulled_rows(workspace, "candidates", pulled["candidates"]).text,
        "raw_routes": parquet_rows(routes, "routes").text,
        "pull_dropped": parquet_rows(pulled["dropped"], "dropped").text,
    }
    for name, text in views.items():
        try:
            engine.define(name, text)
        except duckdb.Error as error:
            raise unreadable(name, error) from error
    try:
        engine.define("raw_events", numbered_events(engine, workspace.journals(), scratch))
    except duckdb.Error as error:
        name_bad_line(workspace)
        raise unreadable("raw_events", error) from error
    for name, table in parameters.tables(workspace.settings, inputs.licences).items():
        engine.put(name, table)


def _run_plan(
    workspace: Workspace,
    engine: DuckDBEngine,
    inputs: Inputs,
    scratch: Path,
    now: datetime,
    progress: Progress,
) -> None:
    rules = workspace.settings.config.filter
    reader = _reader(workspace, inputs)
    for step in PLAN:
        progress(step.name)
        if step.name == "media":
            take_signatures(engine, signed_benchmarks(workspace, inputs, scratch, now), scratch)
        if step.name == "media" and engine.values["look_radius"] is not None:
            look_at_media(workspace, engine, lambda seen: progress(f"{seen:,} pictures looked at"))
        if step.name == "filter":
            found = filters.matches(workspace, rules, ("prompt", "candidate"), scratch)
            engine.put("filtered_prompts", found["prompt"])
            engine.put("filtered_candidates", found["candidate"])
        if step.name == "pair":
            drafts = None
            if any(rule.level == "pair" for rule in rules):
                drafts = scratch / "drafts.parquet"
                engine.write("filter/draft_rows", drafts, filters.DRAFTS)
            found = filters.matches(workspace, rules, ("pair",), scratch, drafts)
            engine.put("filtered_pairs", found["pair"])
            count_tokens(engine, reader, lambda n: progress(f"{n:,} answers' tokens counted"))
        _run_step(workspace, engine, step)


def _reader(workspace: Workspace, inputs: Inputs) -> TokenReader | None:
    """The tokenizer, loaded before all else: one that cannot be is found out at once."""
    if inputs.tokenizer is None:
        return None
    return load_reader(inputs.tokenizer, str(workspace.settings.pairs.tokenizer))


def _run_step(workspace: Workspace, engine: DuckDBEngine, step: Step) -> None:
    try:
        step.run(engine)
    except JournalError:
        name_bad_line(workspace)
        raise
    except duckdb.Error as error:
        if step.name == "load":
            name_bad_line(workspace)
        raise BuildError(
            f"step {step.name!r} failed: {str(error).splitlines()[0]}", "run with --debug for more"
        ) from error
    if step.drops:
        engine.run(f"{step.name}/dropped", f"{step.name}_dropped")


def _write(
    workspace: Workspace, engine: DuckDBEngine, inputs: Inputs, staging: Path, now: datetime
) -> BuildManifest:
    steps = manifests.audited_steps(engine)
    counts = {"candidates": engine.count("candidate_keys"), "prompts": engine.count("prompt_keys")}
    for name in ("pairs", "ties"):
        counts[name] = write_comparisons(engine, name, staging / f"{name}.parquet")
    for name in ("scores", "splits", "dropped"):
        path = staging / f"{name}.parquet"
        counts[name] = engine.write(f"write/{name}", path, table_schema(name), NARROW_ROWS)
    return manifests.make(workspace, engine, inputs, steps, counts, now)


def _point_latest(workspace: Workspace, folder: Path) -> None:
    """Move builds/latest by one rename, so that it always names a whole build."""
    link = workspace.builds / f".latest-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(workspace.builds / "latest")
