"""The record of an id as people read it; answers are named A, B, ... in the order of their ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from curate.console import Console
from curate.plain import settings_text, whole
from schemas.counted import counted

Row = Mapping[str, Any]
Names = Mapping[str, str]


def tell(console: Console, found: Mapping[str, Any]) -> None:
    """Print the record that `curate.show.behind` gave."""
    names = {row["candidate_id"]: _letter(i) for i, row in enumerate(found["candidates"])}
    console.say(f"{found['kind']} {found['id']}")
    _tell_question(console, found)
    for row in found["candidates"]:
        _tell_answer(console, row, names, found["id"])
    console.say()
    _tell_route(console, found["routes"])
    console.table("Scores", *_score_table(found["ratings"], names, found["id"]))
    console.table("Rankings", *_ranking_table(found["rankings"], names, found["id"]))
    console.table("Judgements that did not come", *_failure_table(found["failures"]))
    console.table("Reasons", *_reason_table(found, names))
    console.table("Marks", *_mark_table(found["events"]))
    console.table("Pairs", *_pair_table(found["pairs"], found["id"], names))
    console.table("Ties", *_pair_table(found["ties"], found["id"], names))
    console.table("What left", *_drop_table(found["dropped"], found["id"], names))
    _tell_settings(console, found["build"])


def _tell_question(console: Console, found: Mapping[str, Any]) -> None:
    prompt = found["prompt"]
    if prompt is None:
        console.say(f"prompt {found['prompt_id']}, which no pull has")
        return
    key = f", key {prompt['source_key']}" if prompt["source_key"] else ""
    console.say(f"prompt {prompt['prompt_id']} from {prompt['source']}{key}")
    for message in prompt["messages"]:
        console.say(f"  {message['role']}: {_words(message['parts'], prompt['media'])}")
    if prompt["reference"]:
        console.say(f"  reference: {prompt['reference']}")


def _tell_answer(console: Console, row: Row, names: Names, identifier: str) -> None:
    models = [generation["model"] or "unknown" for generation in row["generations"] or ()]
    made = f"by {', '.join(models)}" if models else row["origin"]
    mark = _mark(row["candidate_id"], identifier)
    console.say(f"\n{names[row['candidate_id']]} {row['candidate_id']} {made}{mark}")
    console.say("  " + str(row["response"]).replace("\n", "\n  "))


def _tell_route(console: Console, routes: Sequence[Row]) -> None:
    for row in routes:
        people = f", {counted(row['raters'], 'person', 'people')}" if row["raters"] else ""
        console.say(
            f"Route: {row['to']}{people}, by {row['rule']}, {counted(row['n_answers'], 'answer')}."
        )


def _tell_settings(console: Console, build: Mapping[str, Any] | None) -> None:
    if build is None:
        console.say("No build yet.")
        return
    settings = build["settings"]
    console.say(f"Build {build['build_id'][:12]} by these settings:")
    console.say(f"  pairs: {settings_text(settings['pairs'])}")
    console.say(f"  weights: {settings_text(settings['weights'])}")
    for rule in settings["filter"]:
        console.say(f"  filter:{rule['name']} drops a {rule['level']} when {rule['drop_when']}")


def _score_table(
    ratings: Sequence[Row], names: Names, identifier: str
) -> tuple[list[str], list[list[object]]]:
    """A row for each vote and metric, a column for each answer."""
    cells: dict[tuple[str, ...], dict[str, object]] = {}
    for row in ratings:
        vote = row["event_id"][:8] + _mark(row["event_id"], identifier)
        key = (vote, row["rater_kind"], row["rater"], row["metric"])
        cells.setdefault(key, {})[names.get(row["candidate_id"], "?")] = row["value"]
    answers = sorted({answer for cell in cells.values() for answer in cell})
    columns = ["vote", "kind", "rater", "metric", *answers]
    return columns, [
        [*key, *(whole(cell.get(answer)) for answer in answers)] for key, cell in cells.items()
    ]


def _ranking_table(
    rankings: Sequence[Row], names: Names, identifier: str
) -> tuple[list[str], list[list[object]]]:
    return ["vote", "kind", "rater", "order", "verdict", "confirmed"], [
        [
            row["event_id"][:8] + _mark(row["event_id"], identifier),
            row["rater_kind"],
            row["rater"],
            _order(row["tiers"] or (), names),
            row["verdict"],
            row["confirmed"],
        ]
        for row in rankings
    ]


def _failure_table(failures: Sequence[Row]) -> tuple[list[str], list[list[object]]]:
    return ["rater", "reason", "detail"], [
        [row["rater"], row["reason"], row["detail"]] for row in failures
    ]


def _reason_table(found: Mapping[str, Any], names: Names) -> tuple[list[str], list[list[object]]]:
    """Reasons for a score, for an answer as a whole, and for an order."""
    rows: list[list[object]] = []
    for event in found["events"]:
        rater = event["rater"]["id"]
        for answer in event["answers"] or ():
            name = names.get(answer["candidate_id"], "?")
            reasons = (answer["rationales"] or {}).items()
            more = ", expanded" if event["expands"] else ""
            rows += [[rater, name, f"{metric}{more}", text] for metric, text in reasons if text]
        if event["rationale"]:
            about = "review" if event["reviews"] else "order"
            rows.append([rater, "", about, event["rationale"]])
    return ["rater", "answer", "about", "reason"], rows


def _mark_table(events: Sequence[Row]) -> tuple[list[str], list[list[object]]]:
    """Votes that decide alone, and what raters flagged."""
    return ["vote", "rater", "final", "flags"], [
        [row["event_id"][:8], row["rater"]["id"], row["final"], ", ".join(row["flags"] or ())]
        for row in events
        if (row["final"] or row["flags"]) and not row["expands"]
    ]


def _pair_table(
    pairs: Sequence[Row], identifier: str, names: Names
) -> tuple[list[str], list[list[object]]]:
    shown = ["margin_raw", "tier_gap", "agreement", "level", "split"]
    return ["pair", "chosen", "rejected", *shown], [
        [
            row["pair_id"][:12] + _mark(row["pair_id"], identifier),
            names.get(row["chosen_id"], "?"),
            names.get(row["rejected_id"], "?"),
            *(row[name] for name in shown),
        ]
        for row in pairs
    ]


def _drop_table(
    dropped: Sequence[Row], identifier: str, names: Names
) -> tuple[list[str], list[list[object]]]:
    return ["step", "level", "reason", "what"], [
        [
            row["step"],
            row["level"],
            row["reason"],
            _named(row["detail"] or row["id"] or "", names) + _mark(row["id"], identifier),
        ]
        for row in dropped
    ]


def _mark(row_id: str | None, identifier: str) -> str:
    return " <" if row_id == identifier else ""


def _words(parts: Sequence[Row], media: Sequence[Row]) -> str:
    words = []
    for part in parts:
        if part["type"] == "text":
            words.append(str(part["text"]))
        else:
            medium = media[part["media_index"]]
            words.append(f"[{medium['kind']} {medium['path'] or medium['file']}]")
    return " ".join(words)


def _order(tiers: Sequence[Sequence[str]], names: Names) -> str:
    return " > ".join(" = ".join(names.get(candidate, "?") for candidate in tier) for tier in tiers)


def _named(text: str, names: Names) -> str:
    for candidate, name in names.items():
        text = text.replace(candidate, name)
    return text


def _letter(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else str(index + 1)
