"""The prompts as they are written in `texts/*.toml`, read into records.

An answer is written as [grades, text, reason]. Grades are five digits in the order of METRICS, what
a careful reader gives; a rater who saw it otherwise follows with a letter: "44411 b33411".
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

TEXTS = Path(__file__).parent / "texts"
FAULTS = "faults"
THEMES = (
    "charts",
    "flows",
    "geometry",
    "streets",
    "readings",
    "pairs",
    "talks",
    "clips",
    "words",
)
METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
RATERS = {"a": "rater-a", "b": "rater-b", "j": "sample-judge"}

RaterLetter = Literal["a", "b", "j"]
Grades = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `grades` by rater's letter, `""` for the careful reader. Unrated without."""

    text: str
    reason: str
    grades: Mapping[str, Grades]


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order written by hand; tiers are indexes into the case's answers."""

    rater: str
    tiers: Sequence[Sequence[int]]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One prompt with all that is said about it. `written` is an annotator's own answer and why."""

    key: str
    attributes: Mapping[str, str]
    ask: str
    turns: Sequence[Sequence[str]]
    pictures: Sequence[str]
    film: str
    reference: str
    answers: Sequence[Answer]
    raters: Sequence[str]
    ranked: Sequence[str]
    rankings: Sequence[Ranking]
    verdict: str
    written: Sequence[str]
    failure: Sequence[str]


@dataclass(frozen=True, slots=True)
class Theme:
    """One text file: what to draw, what to make from drawings, and the prompts about it."""

    pictures: Mapping[str, Mapping[str, Any]]
    films: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, Mapping[str, str]]
    cases: Sequence[Case]
    broken_line: str


def theme(name: str) -> Theme:
    """The text file of a theme."""
    values = tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(
        pictures=values.get("pictures", {}),
        films=values.get("films", {}),
        files=values.get("files", {}),
        cases=[_case(one) for one in values["prompts"]],
        broken_line=values.get("broken_line", ""),
    )


def _case(values: Mapping[str, Any]) -> Case:
    attributes = {"category": values["category"], "task": values["task"]}
    if "planted" in values:
        attributes["planted"] = values["planted"]
    return Case(
        key=values["key"],
        attributes={**attributes, **values.get("attributes", {})},
        ask=values.get("ask", ""),
        turns=values.get("turns", ()),
        pictures=values.get("pictures", ()),
        film=values.get("film", ""),
        reference=values.get("reference", ""),
        answers=[_answer(*one) for one in values["answers"]],
        raters={"human": "ab", "judge": "j"}.get(values.get("raters", ""), "abj"),
        ranked=values.get("ranked", ()),
        rankings=[
            Ranking(one["rater"], one["tiers"], one.get("confirmed", True))
            for one in values.get("rankings", ())
        ],
        verdict=values.get("verdict", "ranked"),
        written=values.get("written", ()),
        failure=values.get("failure", ()),
    )


def _answer(grades: str, text: str, reason: str) -> Answer:
    seen = {word.rstrip("0123456789"): word.lstrip("abj") for word in grades.split()}
    return Answer(text, reason, {who: tuple(map(int, digits)) for who, digits in seen.items()})
