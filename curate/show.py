"""Everything the workspace knows of one id: what was asked, answered, voted, dropped and set."""

import re
from pathlib import Path
from typing import Any

import duckdb

from curate.manifest_files import build_manifest
from curate.views import open_views
from curate.workspace import Workspace
from schemas.errors import UsageError

SHORTEST = 6
FIND = """
select 'prompt' as kind, prompt_id as id, prompt_id from prompts where starts_with(prompt_id, $id)
union
select 'candidate', candidate_id, prompt_id from candidates where starts_with(candidate_id, $id)
union
select 'pair', pair_id, prompt_id from pairs where starts_with(pair_id, $id)
union
select 'tie', pair_id, prompt_id from ties where starts_with(pair_id, $id)
union
select 'event', event_id, prompt_id from events where starts_with(event_id, $id)
union
select 'pair', dropped.id, candidates.prompt_id
from dropped
join candidates on candidates.candidate_id = left(dropped.detail, 32)
where dropped.level = 'pair' and starts_with(dropped.id, $id)
union
select dropped.level, dropped.id, coalesce(candidates.prompt_id, dropped.id)
from dropped
left join candidates on candidates.candidate_id = dropped.id
where dropped.level in ('prompt', 'candidate') and starts_with(dropped.id, $id)
"""
FIND_BY_KEY = """
select 'prompt', prompt_id, prompt_id from prompts where source_key = $key order by prompt_id
"""
TABLES = {
    "prompt": "select * from prompts where prompt_id = $prompt",
    "candidates": "select * from candidates where prompt_id = $prompt order by candidate_id",
    "routes": "select * from routes where prompt_id = $prompt",
    "events": "select * from events where prompt_id = $prompt order by rater, event_id",
    "ratings": """
        select * from ratings where prompt_id = $prompt
        order by rater_kind, rater, event_id, metric, candidate_id
    """,
    "rankings": """
        select * from rankings where prompt_id = $prompt order by rater_kind, rater, event_id
    """,
    "failures": "select * from failures where prompt_id = $prompt order by rater, event_id",
    "scores": """
        select * from scores
        where candidate_id in (select candidate_id from candidates where prompt_id = $prompt)
        order by candidate_id, rubric_id, metric, level
    """,
    "pairs": "select * from pairs where prompt_id = $prompt order by pair_id",
    "ties": "select * from ties where prompt_id = $prompt order by pair_id",
    "dropped": """
        select * from dropped
        where id in ($prompt, $id)
            or other_id = $prompt
            or id in (select candidate_id from candidates where prompt_id = $prompt)
            or id in (select event_id from events where prompt_id = $prompt)
            or left(detail, 32) in (select candidate_id from candidates where prompt_id = $prompt)
        order by step, level, reason, id
    """,
}


def behind(workspace: Workspace, identifier: str) -> dict[str, Any]:
    """The record of an id: `kind`, `id`, the rows of every table about its prompt, and `build`.

    A prompt's key of its source stands for its id. `prompt` is None where no pull has it, `build`
    before the first. Raises UsageError where the id is unknown, too short or stands for several
    things.
    """
    latest = workspace.latest_build()
    with open_views(workspace) as connection:
        kind, full, prompt_id = _find(connection, identifier.strip(), latest)
        given = {"prompt": prompt_id, "id": full}
        tables = {name: _records(connection, text, given) for name, text in TABLES.items()}
    prompt = tables.pop("prompt")
    return {
        "kind": kind,
        "id": full,
        "prompt_id": prompt_id,
        "prompt": prompt[0] if prompt else None,
        **tables,
        "build": build_manifest(latest).model_dump(mode="json") if latest else None,
    }


def _find(
    connection: duckdb.DuckDBPyConnection, given: str, latest: Path | None
) -> tuple[str, str, str]:
    """(kind, id, prompt_id) of what `given` begins, or of the prompt that it is the key of."""
    short = given.lower()
    is_id = re.fullmatch(r"[0-9a-f]+", short) and len(short) >= SHORTEST
    found = sorted(set(connection.execute(FIND, {"id": short}).fetchall())) if is_id else []
    found = found or connection.execute(FIND_BY_KEY, {"key": given}).fetchall()
    if not found:
        raise UsageError(
            f"{given!r} is neither an id nor a prompt's key of its source",
            f"give {SHORTEST} to 32 hex digits; curate sql finds ids"
            if latest
            else "no build yet, and pairs are made by one: curate build",
        )
    if len(found) > 1:
        listed = ", ".join(f"{kind} {full}" for kind, full, _ in found[:4])
        more = ", ..." if len(found) > 4 else ""
        raise UsageError(
            f"{given!r} stands for {len(found)} things: {listed}{more}", "give more of it"
        )
    return found[0]


def _records(
    connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, str]
) -> list[dict[str, Any]]:
    """The rows as dicts, read as Arrow, which needs no time zone library."""
    used = {name: value for name, value in given.items() if f"${name}" in query}
    table = connection.sql(query, params=used).to_arrow_table()
    rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="lossy")
    return rows
