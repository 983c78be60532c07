"""`native`, the way back: a workspace as lines of our own layout with its media beside them.

Pulling the folder gives the same prompts, candidates and live votes; what the layout has no word
for is listed in docs/cli.md, and what would change a vote's meaning is warned of. One rater's votes
of a line are one event and a line has one set of scales, so a prompt takes as many lines as its
votes need; the further lines repeat the question and only the answers they vote on.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.media.stored import StoredMedia
from curate.native_losses import candidates_of, losses, warnings
from curate.sqlfiles import statement
from curate.views import open_views
from curate.workspace import Workspace
from export.base import ExportResult
from export.folder import record, replaced
from schemas.rubric import OVERALL, scales_of

DATA = "data.jsonl"
STRANGERS = "select count(*) from events where prompt_id not in (select prompt_id from prompts)"
Row = Mapping[str, Any]


def write_native(
    workspace: Workspace, out: Path, progress: Callable[[int], None] = lambda _count: None
) -> ExportResult:
    """Write every prompt below `out`. Raises ExportError as `export.folder` does."""
    count = 0
    lost: Counter[str] = Counter()
    store = StoredMedia(workspace.media)
    with replaced(out) as folder, open_views(workspace) as connection:
        with (folder / DATA).open("w", encoding="utf-8") as file:
            rows = connection.sql(statement("export/native_rows")).to_arrow_reader(1000)
            for batch in rows:
                for row in batch.to_pylist(maps_as_pydicts="strict"):
                    for line in lines_of(row):
                        file.write(json.dumps(line, ensure_ascii=False) + "\n")
                    for name, target in _files(row["media"], folder):
                        store.place(name, target)
                    lost += losses(row)
                    count += 1
                progress(batch.num_rows)
        lost["stranger"] += connection.execute(STRANGERS).fetchall()[0][0]
        record(folder, format="native", files=[DATA, "media"], rows=count)
    return ExportResult(path=out, rows=count, files=(DATA,), warnings=warnings(lost))


def lines_of(row: Row) -> Iterator[dict[str, Any]]:
    """The lines of one prompt: the first has all its answers, the others those they vote on."""
    answers = sorted(row["answers"] or (), key=lambda answer: str(answer["candidate_id"]))
    asked = {"messages": [_message(message, row["media"]) for message in row["messages"]]}
    about = {
        "key": row["source_key"],
        "reference": row["reference"],
        "attributes": row["attributes"],
    }
    votes = [vote for vote in row["votes"] or () if not (vote["reviews"] or vote["expands"])]
    groups = _groups(sorted(votes, key=lambda vote: str(vote["event_id"])))
    first = {**asked, **{name: value for name, value in about.items() if value}}
    yield {**first, **_votes(answers, groups[0])}
    for group in groups[1:]:
        named = {candidate for vote in group for candidate in candidates_of(vote)}
        shown = [answer for answer in answers if answer["candidate_id"] in named]
        yield {**asked, **_votes(shown, group)}


def _groups(votes: Sequence[Row]) -> list[list[Row]]:
    """Votes by line: on each at most one a rater, all on the same scales."""
    groups: list[tuple[Any, set[tuple[str, str]], list[Row]]] = []
    for vote in votes:
        scales = None if not _is_scored(vote) else (vote["rubric_id"], str(vote["overall_scale"]))
        rater = (vote["rater"]["kind"], vote["rater"]["id"])
        for index, (held, raters, group) in enumerate(groups):
            if rater not in raters and (scales is None or held in (None, scales)):
                groups[index] = (held or scales, raters | {rater}, [*group, vote])
                break
        else:
            groups.append((scales, {rater}, [vote]))
    return [group for _scales, _raters, group in groups] or [[]]


def _votes(answers: Sequence[Row], votes: Sequence[Row]) -> dict[str, Any]:
    places = {answer["candidate_id"]: index for index, answer in enumerate(answers)}
    found: dict[str, Any] = {
        "scales": _scales(votes),
        "responses": [_response(answer, votes) for answer in answers],
        "rankings": [_ranking(vote, places) for vote in votes if _ranks(vote)],
        "failures": [_failure(vote) for vote in votes if vote["failure"]],
    }
    return {name: value for name, value in found.items() if value}


def _scales(votes: Sequence[Row]) -> dict[str, Sequence[float]]:
    for vote in votes:
        if _is_scored(vote):
            own = {OVERALL: vote["overall_scale"]} if vote["overall_scale"] else {}
            scales = {**scales_of(vote["rubric_id"]), **own}
            return {name: [_number(low), _number(high)] for name, (low, high) in scales.items()}
    return {}


def _response(answer: Row, votes: Sequence[Row]) -> dict[str, Any]:
    made = [
        {"model": one["model"], **_sampling(one["sampling"])} for one in answer["generations"] or ()
    ]
    ratings = [
        _rating(vote, given)
        for vote in votes
        for given in vote["answers"]
        if given["candidate_id"] == answer["candidate_id"]
        and (given["scores"] or given["rationales"])
    ]
    found: dict[str, Any] = {
        "text": answer["response"],
        **(made[0] if len(made) == 1 else {"generations": made}),
        "origin": answer["origin"] if answer["origin"] != "sampled" else None,
        "key": answer["source_key"],
        "attributes": answer["attributes"],
        "ratings": ratings,
    }
    return {name: value for name, value in found.items() if value}


def _sampling(text: str | None) -> dict[str, Any]:
    return {"sampling": json.loads(text)} if text else {}


def _rating(vote: Row, given: Row) -> dict[str, Any]:
    position = {} if given["position"] is None else {"position": given["position"]}
    if vote["order_no"]:
        position["order_no"] = vote["order_no"]
    reasons = {"rationales": given["rationales"]} if given["rationales"] else {}
    scores = {metric: _number(value) for metric, value in given["scores"].items()}
    return {**_rater(vote), **position, **scores, **reasons}


def _ranking(vote: Row, places: Mapping[str, int]) -> dict[str, Any]:
    tiers = [
        [places[candidate] for candidate in tier if candidate in places]
        for tier in vote["tiers"] or ()
    ]
    found: dict[str, Any] = {
        **_rater(vote),
        "tiers": [tier for tier in tiers if tier],
        "verdict": vote["verdict"],
        "rationale": vote["rationale"],
    }
    kept = {name: value for name, value in found.items() if value}
    return kept if vote["confirmed"] else {**kept, "confirmed": False}


def _failure(vote: Row) -> dict[str, Any]:
    rater = {name: value for name, value in _rater(vote).items() if name != "version"}
    return {**rater, "reason": vote["failure"]["reason"], "detail": vote["failure"]["detail"]}


def _rater(vote: Row) -> dict[str, str]:
    rater = vote["rater"]
    found = {"rater": rater["id"], "kind": rater["kind"], "version": rater["version"]}
    return {name: value for name, value in found.items() if value}


def _message(message: Row, media: Sequence[Row]) -> dict[str, Any]:
    parts = [
        {"type": "text", "text": part["text"]}
        if part["type"] == "text"
        else _medium_part(media[part["media_index"]])
        for part in message["parts"]
    ]
    return {"role": message["role"], "content": parts}


def _medium_part(medium: Row) -> dict[str, str]:
    kind = "image" if medium["kind"] == "image" else "video"
    return {"type": kind, "path": _place(medium)}


def _place(medium: Row) -> str:
    """Where the medium lies below the export; the source's own path where it was kept unread."""
    if medium["sha256"] is None:
        return str(medium["path"])
    if medium["kind"] == "frames":
        return f"media/{medium['sha256']}"
    return f"media/{medium['file']}"


def _files(media: Sequence[Row], folder: Path) -> Iterator[tuple[str, Path]]:
    """(name in the store, place in the export); a picture may stand twice among frames."""
    for medium in media:
        if medium["sha256"] is None:
            continue
        if medium["kind"] != "frames":
            yield medium["file"], folder / _place(medium)
        for number, name in enumerate(medium["frames"], start=1):
            yield name, folder / _place(medium) / f"{number:05d}{Path(name).suffix}"


def _number(value: float) -> float:
    """A whole number as one, so that the file reads as people write it."""
    return int(value) if value.is_integer() else value


def _is_scored(vote: Row) -> bool:
    return any(given["scores"] for given in vote["answers"] or ())


def _ranks(vote: Row) -> bool:
    return bool(vote["tiers"] or vote["verdict"])
