"""Everything the workspace knows of one id: what was asked, answered, voted, dropped and set."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from curate.console import Console
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
"""
TABLES = {
    "prompt": "select * from prompts where prompt_id = $prompt",
    "candidates": "select * from candidates where prompt_id = $prompt order by candidate_id",
    "ratings": """
        select * from ratings where prompt_id = $prompt
        order by rater_kind, rater, candidate_id, metric, event_id
    """,
    "rankings": "select * from rankings where prompt_id = $prompt order by rater_kind, rater, event_id",
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
        where id = $prompt
            or other_id = $prompt
            or id in (select candidate_id from candidates where prompt_id = $prompt)
            or id in (select event_id from events where prompt_id = $prompt)
            or left(detail, 32) in (select candidate_id from candidates where prompt_id = $prompt)
        order by step, level, reason, id
    """,
}


def behind(workspace: Workspace, identifier: str) -> dict[str, Any]:
    """The record of an id: `kind`, `id`, the rows of every table about its prompt, and `build`.

    Raises UsageError where the id is unknown, too short or stands for several things.
    """
    if not re.fullmatch(r"[0-9a-f]+", identifier) or len(identifier) < SHORTEST:
        raise UsageError(
            f"{identifier!r} is no id", f"give {SHORTEST} to 32 hex digits; curate sql finds ids"
        )
    with open_views(workspace) as connection:
        found = connection.execute(FIND, {"id": identifier}).fetchall()
        if not found:
            raise UsageError(f"id {identifier!r} unknown", "curate sql finds ids")
        if len({(kind, full) for kind, full, _ in found}) > 1:
            raise UsageError(f"id {identifier!r} stands for {len(found)} things", "give more of it")
        kind, full, prompt_id = found[0]
        tables = {name: _records(connection, text, prompt_id) for name, text in TABLES.items()}
    prompt = tables.pop("prompt")
    return {
        "kind": kind,
        "id": full,
        "prompt": prompt[0] if prompt else None,
        **tables,
        "build": _build(workspace),
    }


def tell(console: Console, found: Mapping[str, Any]) -> None:
    """Print the record for people; answers are named A, B, ... in the order of their ids."""
    prompt = found["prompt"]
    names = {row["candidate_id"]: _letter(i) for i, row in enumerate(found["candidates"])}
    console.say(f"{found['kind']} {found['id']}")
    console.say(
        f"prompt {prompt['prompt_id']} from {prompt['source']} {prompt['source_key'] or ''}"
    )
    for message in prompt["messages"]:
        console.say(f"  {message['role']}: {_words(message['parts'], prompt['media'])}")
    for row in found["candidates"]:
        made = ", ".join(generation["model"] for generation in row["generations"]) or row["origin"]
        mark = " <" if row["candidate_id"] == found["id"] else ""
        console.say(f"\n{names[row['candidate_id']]} {row['candidate_id']} by {made}{mark}")
        console.say(f"  {row['response']}")
    console.say()
    console.table("Scores by rater", *_score_table(found["ratings"], names))
    console.table(
        "Rankings",
        ("rater", "order", "verdict", "confirmed"),
        [
            (row["rater"], _order(row["tiers"], names), row["verdict"], row["confirmed"])
            for row in found["rankings"]
        ],
    )
    console.table(
        "Judgements that did not come",
        ("rater", "reason", "detail"),
        [(row["rater"], row["reason"], row["detail"]) for row in found["failures"]],
    )
    console.table(
        "Reasons",
        ("rater", "answer", "about", "reason"),
        [
            (row["rater"], names.get(row["candidate_id"], ""), row["metric"], row["rationale"])
            for row in found["ratings"]
            if row["rationale"]
        ],
    )
    console.table("Pairs", *_pair_table(found["pairs"], found["id"], names))
    console.table("Ties", *_pair_table(found["ties"], found["id"], names))
    console.table(
        "What left",
        ("step", "level", "reason", "what"),
        [
            (row["step"], row["level"], row["reason"], _named(row["detail"] or row["id"], names))
            for row in found["dropped"]
        ],
    )
    if found["build"]:
        settings = json.dumps(found["build"]["settings"]["pairs"])
        console.say(f"Build {found['build']['build_id'][:12]}, pairs by {settings}")


def _score_table(
    ratings: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> tuple[list[str], list[list[object]]]:
    metrics = sorted({row["metric"] for row in ratings})
    cells: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in ratings:
        key = (row["rater_kind"], row["rater"], names.get(row["candidate_id"], "?"))
        cells.setdefault(key, {})[row["metric"]] = float(row["value"])
    rows = [
        [*key, *(f"{cell[m]:g}" if m in cell else "" for m in metrics)]
        for key, cell in cells.items()
    ]
    return ["kind", "rater", "answer", *metrics], rows


def _pair_table(
    pairs: Sequence[Mapping[str, Any]], identifier: str, names: Mapping[str, str]
) -> tuple[list[str], list[list[object]]]:
    columns = [
        "pair",
        "chosen",
        "rejected",
        "margin_raw",
        "tier_gap",
        "agreement",
        "level",
        "split",
    ]
    return columns, [
        [
            row["pair_id"][:12] + (" <" if row["pair_id"] == identifier else ""),
            names.get(row["chosen_id"], "?"),
            names.get(row["rejected_id"], "?"),
            *(row[name] for name in columns[3:]),
        ]
        for row in pairs
    ]


def _words(parts: Sequence[Mapping[str, Any]], media: Sequence[Mapping[str, Any]]) -> str:
    words = []
    for part in parts:
        if part["type"] == "text":
            words.append(part["text"])
        else:
            medium = media[part["media_index"]]
            words.append(f"[{medium['kind']} {medium['path'] or medium['file']}]")
    return " ".join(words)


def _order(tiers: Sequence[Sequence[str]], names: Mapping[str, str]) -> str:
    return " > ".join(" = ".join(names.get(candidate, "?") for candidate in tier) for tier in tiers)


def _named(text: str, names: Mapping[str, str]) -> str:
    for candidate, name in names.items():
        text = text.replace(candidate, name)
    return text


def _letter(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def _build(workspace: Workspace) -> dict[str, Any] | None:
    folder = workspace.latest_build()
    return json.loads((folder / "manifest.json").read_text("utf-8")) if folder else None


def _records(
    connection: duckdb.DuckDBPyConnection, query: str, prompt_id: str
) -> list[dict[str, Any]]:
    cursor = connection.execute(query, {"prompt": prompt_id})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
