"""Small workspaces of every shape the native layout can hold, and what is compared of them."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from hypothesis import strategies as st

from annotate import journal
from curate.build import build
from curate.init import create
from curate.workspace import Workspace
from schemas.base import canonical_json, content_id
from schemas.candidate import (
    Candidate,
    Generation,
    Medium,
    Message,
    Part,
    Prompt,
    candidate_id_of,
    prompt_id_of,
)
from schemas.event import Answer, Event, Failure, Rater
from tests.support.pairs import picture
from tests.support.workspaces import NOW, write_pull

FIVE = "coherence:0:4,complexity:0:4,correctness:0:4,helpfulness:0:4,verbosity:0:4"
OTHER = "faithfulness:1:5,helpfulness:1:5"
WORDS = st.sampled_from(
    ["Which?", "a <image> b", "<image>", "<video>", "x\ny\t z", "مرحبا \u202e", '{"a": 1}', "\x1b["]
)
ANSWERS = st.lists(
    st.sampled_from(["Aim", "aim", " Aim", "<image>", "A" * 300, "\N{PILE OF POO}", "no", "yes"]),
    min_size=1,
    max_size=4,
    unique=True,
)
RATERS = st.sampled_from(
    [("human", "anna", None), ("human", "ben", None), ("judge", "j", "1"), ("source", "set", None)]
)
MODELS = st.lists(st.sampled_from(["m-one", "m-two"]), unique=True, max_size=2)
KEYS = st.none() | st.sampled_from(["key-1", "a/b"])


@st.composite
def workspaces(draw: st.DrawFn, root: Path) -> Workspace:
    """A workspace on five-metric with one pull and one journal."""
    workspace = create(root)
    prompts: dict[str, Prompt] = {}
    answers: dict[str, Candidate] = {}
    events: dict[str, Event] = {}
    for _ in range(draw(st.integers(1, 3))):
        prompt = draw(_prompts(workspace.media))
        if prompt.prompt_id in prompts:
            continue
        prompts[prompt.prompt_id] = prompt
        texts = draw(ANSWERS)
        given = [draw(_candidates(prompt, text)) for text in texts]
        answers |= {candidate.candidate_id: candidate for candidate in given}
        for _ in range(draw(st.integers(0, 4))):
            event = draw(_events(prompt.prompt_id, [one.candidate_id for one in given]))
            events[event.event_id] = event
    write_pull(workspace, "made-1", prompts.values(), answers.values())
    with (workspace.annotations / "votes.jsonl").open("wb") as file:
        journal.write(file, events.values())
    return workspace


@st.composite
def _prompts(draw: st.DrawFn, store: Path) -> Prompt:
    media: list[Medium] = []
    turns: list[Message] = []
    for _ in range(draw(st.integers(0, 1))):
        turns.append(Message(role="user", parts=draw(_parts(store, media))))
        turns.append(Message(role="assistant", parts=(Part(type="text", text=draw(WORDS)),)))
    turns.append(Message(role="user", parts=draw(_parts(store, media))))
    return Prompt(
        prompt_id=prompt_id_of(turns, media),
        messages=tuple(turns),
        media=tuple(media),
        reference=draw(st.none() | WORDS),
        source="made",
        source_key=draw(KEYS),
        attributes=draw(st.dictionaries(st.sampled_from(["task", "a b"]), WORDS, max_size=2)),
    )


@st.composite
def _parts(draw: st.DrawFn, store: Path, media: list[Medium]) -> tuple[Part, ...]:
    """Texts with up to two media between them; no two texts touch, which would read as one."""
    parts = [Part(type="text", text=draw(WORDS))]
    for kind in draw(st.lists(st.sampled_from(["image", "missing", "frames"]), max_size=2)):
        shade = draw(st.integers(0, 3))
        if kind == "missing":
            media.append(Medium(kind="image", path=f"gone/{shade}.png"))
        else:
            media.append(picture(store, shade, "png") if kind == "image" else _film(store, shade))
        parts.append(Part(type="media", media_index=len(media) - 1))
        if draw(st.booleans()):
            parts.append(Part(type="text", text=draw(WORDS)))
    return tuple(parts)


def _film(store: Path, shade: int) -> Medium:
    """Three frames, the first again at the end.

    The digest is over theirs, each as hex digits and a newline.
    """
    shown = [picture(store, shade + step, "png") for step in (0, 1, 0)]
    digests = "".join(f"{frame.sha256}\n" for frame in shown)
    return Medium(
        kind="frames",
        sha256=hashlib.sha256(digests.encode("ascii")).hexdigest(),
        frames=tuple(str(frame.file) for frame in shown),
    )


@st.composite
def _candidates(draw: st.DrawFn, prompt: Prompt, text: str) -> Candidate:
    written = draw(st.integers(0, 5)) == 0
    models = [] if written else draw(MODELS)
    sampling = draw(st.none() | st.just(canonical_json({"temperature": 0.5})))
    return Candidate(
        prompt_id=prompt.prompt_id,
        candidate_id=candidate_id_of(prompt.prompt_id, text),
        response=text,
        origin="written" if written else "sampled",
        generations=tuple(Generation(model=model, sampling=sampling) for model in models),
        source="made",
        source_key=draw(KEYS),
        attributes=draw(st.dictionaries(st.sampled_from(["lang"]), WORDS)),
    )


@st.composite
def _events(draw: st.DrawFn, prompt_id: str, ids: Sequence[str]) -> Event:
    """Any vote the layout has words for: all but final, repeats, flags and usage."""
    kind, name, version = draw(RATERS)
    said: dict[str, Any] = {
        "prompt_id": prompt_id,
        "rater": Rater.model_validate({"kind": kind, "id": name, "version": version}),
    }
    kinds = ["scores", "failure"] if len(ids) == 1 else ["scores", "order", "both", "failure"]
    what = draw(st.sampled_from(kinds))
    if what == "failure":
        said["rater"] = said["rater"].model_copy(update={"version": None})
        said["failure"] = Failure(reason="blocked", detail=draw(st.sampled_from(["", "why"])))
    if what in {"scores", "both"}:
        said |= draw(_scores(ids))
    if what in {"order", "both"}:
        said |= draw(_orders(ids))
    words = {key: str(value) for key, value in said.items()}
    return Event(event_id=content_id(words), at=NOW, **said)


@st.composite
def _scores(draw: st.DrawFn, ids: Sequence[str]) -> dict[str, Any]:
    rubric_id = draw(st.sampled_from([FIVE, FIVE, OTHER]))
    overall = (0.0, 10.0) if draw(st.booleans()) else None
    scales = [part.split(":") for part in rubric_id.split(",")]
    seen = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1))
    place = draw(st.booleans())
    answers = []
    for position, candidate in enumerate(seen):
        scores = {name: float(draw(st.integers(int(low), int(high)))) for name, low, high in scales}
        if overall:
            scores["overall"] = draw(st.sampled_from([0.0, 2.5, 10.0]))
        reasons = draw(st.dictionaries(st.sampled_from(["overall", "helpfulness"]), WORDS))
        answers.append(
            Answer(
                candidate_id=candidate,
                position=position if place else None,
                scores=scores,
                rationales=reasons,
            )
        )
    return {"rubric_id": rubric_id, "overall_scale": overall, "answers": tuple(answers)}


@st.composite
def _orders(draw: st.DrawFn, ids: Sequence[str]) -> dict[str, Any]:
    tiers: list[list[str]] = []
    for candidate in draw(st.permutations(ids)):
        joins = draw(st.booleans())
        if tiers and joins:
            tiers[-1].append(candidate)
        else:
            tiers.append([candidate])
    return {
        "tiers": tuple(map(tuple, tiers)),
        "verdict": "tie" if len(tiers) == 1 and len(ids) > 1 else "ranked",
        "confirmed": draw(st.booleans()),
        "rationale": draw(st.none() | WORDS),
    }


def contents(workspace: Workspace) -> dict[str, Any]:
    """What must come back: prompts and candidates by id, and every live vote."""
    return {
        "prompts": _by_id(workspace, "prompts", "prompt_id", PROMPT_COLUMNS),
        "candidates": _by_id(workspace, "candidates", "candidate_id", CANDIDATE_COLUMNS),
        "votes": votes(workspace),
    }


PROMPT_COLUMNS = ("messages", "reference", "source_key", "attributes")
CANDIDATE_COLUMNS = ("prompt_id", "response", "origin", "generations", "source_key", "attributes")


def votes(workspace: Workspace) -> Counter[str]:
    """Each live vote by all that the layout holds of it."""
    from curate.views import open_views

    with open_views(workspace) as connection:
        table = connection.sql("select * from events").to_arrow_table()
    rows = table.to_pylist(maps_as_pydicts="strict")
    return Counter(canonical_json(_said(row)) for row in rows)


def pairs(workspace: Workspace) -> list[dict[str, Any]]:
    """The pairs and ties of a build, by all but where they came from."""
    folder = build(workspace, now=NOW).folder
    found = []
    for name in ("pairs", "ties"):
        rows = pq.read_table(folder / f"{name}.parquet").to_pylist(maps_as_pydicts="strict")
        found += [{key: row.get(key) for key in PAIR_COLUMNS} for row in rows]
    return sorted(found, key=lambda row: str(row["pair_id"]))


PAIR_COLUMNS = (
    *("pair_id", "prompt_id", "chosen_id", "rejected_id", "chosen_scores", "rejected_scores"),
    *("margin_raw", "margin", "tier_gap", "n_raters", "agreement", "level", "policy"),
)


def _by_id(workspace: Workspace, table: str, key: str, columns: Sequence[str]) -> dict[str, Any]:
    from curate.views import open_views

    with open_views(workspace) as connection:
        rows = connection.table(table).to_arrow_table().to_pylist(maps_as_pydicts="strict")
    return {row[key]: {column: row[column] for column in columns} for row in rows}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    answers = sorted(
        (
            [one["candidate_id"], one["position"], one["scores"] or {}, one["rationales"] or {}]
            for one in row["answers"] or ()
        ),
        key=str,
    )
    tiers = [sorted(tier) for tier in row["tiers"] or ()]
    plain = ("prompt_id", "rater", "rubric_id", "overall_scale", "verdict", "confirmed")
    return {
        **{name: row[name] for name in (*plain, "rationale", "failure")},
        "answers": answers,
        "tiers": tiers,
        "order_no": None if row["failure"] else row["order_no"],
    }
