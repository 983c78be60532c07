"""What a workspace holds, counted from its files."""

from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from curate.inputs import read_inputs
from curate.labelling.pushed import wanted_of_people
from curate.manifest_files import build_manifest, pull_manifest
from curate.pushing.pushed import was_pushed
from curate.report.funnel import exports
from curate.selection import routes_are_older
from curate.setting_changes import changes_text, since_build
from curate.views import open_views
from curate.workspace import Workspace
from schemas.counted import counted
from schemas.manifest import BuildManifest

Gone = Literal["exported", "pushed"]


@dataclass(frozen=True, slots=True)
class Status:
    """The counts behind `curate status`. usd is in US dollars, over all judgements.

    `selected` is how many prompts are, null where none were selected. `routes` are prompts by who
    rates them; `unrouted` came after the last routing. `rewards` are what reward models scored,
    which is no vote. `older_for` says with which other settings the build was made, null without.
    `wanted_of_people` are votes that people were asked for and that were not pulled yet, null
    before the first push to Label Studio.
    """

    pulls: list[dict[str, Any]]
    prompts: int
    without_answers: int
    candidates: int
    selected: int | None
    routes: dict[str, int]
    unrouted: int
    votes: list[dict[str, Any]]
    rewards: list[dict[str, Any]]
    wanted_of_people: int | None
    failures: dict[str, int]
    usd: float
    build_id: str | None
    pairs: int
    up_to_date: bool
    older_for: str | None
    next_step: str


EVENTS = """
select
    rater.kind as kind,
    rater.id as rater,
    count(*) as events,
    count(distinct prompt_id) as prompts
from events
where failure is null
    and reviews is null
    and expands is null
group by all
order by all
"""
REWARD_MODEL = "reward_model"
FAILURES = "select reason, count(*) as n from failures group by reason order by n desc, reason"
PROMPTS = """
select count(*), count(*) filter (prompt_id not in (select prompt_id from candidates))
from prompts
"""
SELECTED = "select count(*) from prompts where prompt_id in (select prompt_id from selected)"
ROUTES = 'select "to", count(*) from routes group by "to" order by "to"'
UNROUTED = """
select count(*)
from prompts
where prompt_id not in (select prompt_id from routes)
    and exists (select * from routes)
"""
# What was paid for counts, also where a later judgement put a failure right.
SPENT = "select coalesce(sum(usage.usd), 0) from (select distinct event_id, usage from raw_events)"


def look(workspace: Workspace) -> Status:
    """Count everything. Reads each table once."""
    with open_views(workspace) as connection:
        prompts, without_answers = connection.execute(PROMPTS).fetchall()[0]
        candidates = connection.execute("select count(*) from candidates").fetchall()[0][0]
        selected = connection.execute(SELECTED).fetchall()[0][0]
        routes = dict(connection.execute(ROUTES).fetchall())
        unrouted = connection.execute(UNROUTED).fetchall()[0][0]
        events = _records(connection, EVENTS)
        failures = dict(connection.execute(FAILURES).fetchall())
        spent = connection.execute(SPENT).fetchall()
        wanted = wanted_of_people(workspace, connection)
    votes = [row for row in events if row["kind"] != REWARD_MODEL]
    rewards = [row for row in events if row["kind"] == REWARD_MODEL]
    latest = workspace.latest_build()
    manifest = build_manifest(latest) if latest else None
    build_id = manifest.build_id if manifest else None
    up_to_date = build_id == read_inputs(workspace).build_id(workspace.settings)
    return Status(
        pulls=_pulls(workspace),
        prompts=prompts,
        without_answers=without_answers,
        candidates=candidates,
        selected=selected if workspace.selected.is_file() else None,
        routes=routes,
        unrouted=unrouted,
        votes=votes,
        rewards=rewards,
        wanted_of_people=wanted,
        failures=failures,
        usd=float(spent[0][0]),
        build_id=build_id,
        pairs=manifest.counts["pairs"] if manifest else 0,
        up_to_date=up_to_date,
        older_for=_older_for(workspace, manifest),
        next_step=_next_step(
            candidates,
            older_routes=routes_are_older(workspace),
            unrouted=unrouted,
            wanted=wanted or 0,
            voted=bool(votes),
            built=manifest is not None,
            up_to_date=up_to_date,
            gone=_gone(workspace, build_id) if build_id else None,
        ),
    )


def _gone(workspace: Workspace, build_id: str) -> Gone | None:
    """How far the latest build has gone from this workspace."""
    if was_pushed(workspace, build_id):
        return "pushed"
    return "exported" if exports(workspace.root / "exports" / build_id[:12]) else None


def _older_for(workspace: Workspace, manifest: BuildManifest | None) -> str | None:
    changes = since_build(workspace, manifest) if manifest else {}
    return changes_text(workspace, changes) if changes else None


def _pulls(workspace: Workspace) -> list[dict[str, Any]]:
    found = []
    for folder in workspace.pull_folders():
        manifest = pull_manifest(folder)
        found.append(
            {
                "pull_id": manifest.pull_id,
                "source": manifest.source,
                "format": manifest.format,
                "licence": manifest.licence,
                "prompts": manifest.counts.get("prompts", 0),
                "candidates": manifest.counts.get("candidates", 0),
                "dropped": sum(manifest.dropped.values()),
            }
        )
    return found


def _next_step(
    candidates: int,
    *,
    older_routes: bool,
    unrouted: int,
    wanted: int,
    voted: bool,
    built: bool,
    up_to_date: bool,
    gone: Gone | None,
) -> str:
    if not candidates:
        return "curate pull SOURCE"
    if older_routes:
        return "curate route: prompts were selected since the last one"
    if unrouted:
        return f"curate route: {counted(unrouted, 'prompt')} came after the last one"
    offered = _for_a_build(gone) if built and up_to_date else "curate build"
    if wanted:
        votes = f"{counted(wanted, 'vote of people is', 'votes of people are')} wanted still"
        without = f"; without them: {offered}" if voted else ""
        return f"curate label pull ({votes}; curate label status){without}"
    if not voted:
        return "votes are missing: pull a source that has them, judge, or label"
    return offered


def _for_a_build(gone: Gone | None) -> str:
    """What comes after a build that is up to date."""
    if gone == "pushed":
        return "nothing is left: this build was pushed"
    if gone == "exported":
        return "curate push OWNER/NAME, or curate align dpo"
    return "curate export"


def _records(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
