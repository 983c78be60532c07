"""A workspace of simulated votes: four answers a prompt, scored by the five-metric rubric."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq

from annotate import journal
from benchmarks.generate import new_workspace
from benchmarks.votes import AT, RUBRIC
from curate.workspace import Workspace
from schemas.arrow import to_table
from schemas.base import content_id
from schemas.candidate import Candidate, Generation, Message, Part, Prompt
from schemas.event import Answer, Event, Rater

ANSWERS = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """One rater's scores of a prompt: an answer's place -> metric -> points."""

    prompt: int
    rater: str
    scores: Mapping[int, Mapping[str, float]]
    minute: int = 0
    kind: Literal["human", "judge"] = "human"


def prompt_id(prompt: int) -> str:
    """The id of a prompt by its number."""
    return content_id(["prompt", prompt])


def answer_id(prompt: int, place: int) -> str:
    """The id of an answer by its prompt's number and its place."""
    return content_id(["answer", prompt, place])


def write(folder: Path, prompts: int, sheets: Iterable[Sheet]) -> Workspace:
    """The workspace on disk."""
    pull = new_workspace(folder)
    numbers = range(prompts)
    asked = sorted((_prompt(it) for it in numbers), key=lambda it: it.prompt_id)
    answers = [_answer(it, place) for it in numbers for place in range(ANSWERS)]
    answers.sort(key=lambda it: it.candidate_id)
    pq.write_table(to_table(asked, Prompt), pull / "prompts.parquet")
    pq.write_table(to_table(answers, Candidate), pull / "candidates.parquet")
    workspace = Workspace.open(folder)
    with (workspace.annotations / "votes.jsonl").open("wb") as file:
        journal.write(file, map(_event, sheets))
    return workspace


def _prompt(number: int) -> Prompt:
    part = Part(type="text", text=f"Question {number}?")
    return Prompt(
        prompt_id=prompt_id(number),
        messages=(Message(role="user", parts=(part,)),),
        media=(),
        source="simulated",
    )


def _answer(prompt: int, place: int) -> Candidate:
    return Candidate(
        prompt_id=prompt_id(prompt),
        candidate_id=answer_id(prompt, place),
        response=f"Answer {place} to question {prompt}.",
        origin="sampled",
        generations=(Generation(model="simulated"),),
        source="simulated",
    )


def _event(sheet: Sheet) -> Event:
    return Event(
        event_id=content_id([sheet.prompt, sheet.rater]),
        at=AT + timedelta(minutes=sheet.minute),
        prompt_id=prompt_id(sheet.prompt),
        rater=Rater(kind=sheet.kind, id=sheet.rater),
        rubric_id=RUBRIC.rubric_id,
        answers=tuple(
            Answer(candidate_id=answer_id(sheet.prompt, place), scores=dict(scores))
            for place, scores in sheet.scores.items()
        ),
    )
