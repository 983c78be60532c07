"""What `recorded-judge` replies: scores near the grades, a few words of reason for each, as JSON.

It is another judge than the sample's `sample-judge`: it slips elsewhere, likes what is long, and
likes what it sees first, so that some pairs come out otherwise in the other order. Copies and other
planted faults are scored by their grades alone, so that it tells no copies apart.
"""

import json
from collections.abc import Mapping, Sequence

from scripts.sample.cases import METRICS, Answer, Case, Grades
from scripts.sample.chance import share
from scripts.sample.ratings import JUDGED, LONG, MOST

LIKES_LONG = 0.5
SLIPS = 0.15
LIKES_THE_FIRST = 0.5
WAVERS = 0.3
WORDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "helpfulness": (
        ("No help.", "Of no use.", "Misses the point."),
        ("Of some use.", "Helps in part.", "Half of it."),
        ("Does the job.", "Of real use.", "What was asked."),
    ),
    "correctness": (
        ("Wrong.", "It is not so.", "The claim fails."),
        ("Partly right.", "Some of it holds.", "Doubtful."),
        ("Right.", "It holds.", "No error found."),
    ),
    "coherence": (
        ("Hard to follow.", "Contradicts itself."),
        ("Somewhat loose.", "Mostly clear."),
        ("Clear.", "Easy to follow."),
    ),
    "complexity": (
        ("Plain words.", "Simple."),
        ("Some depth.", "Middling."),
        ("An expert's.", "Deep."),
    ),
    "verbosity": (
        ("Brief.", "Short."),
        ("Of fair length.", "Neither short nor long."),
        ("Long.", "Many words."),
    ),
}
"""Reasons by metric, for low, middle and high scores."""


def reply(case: Case, shown: Mapping[str, Answer]) -> dict[str, dict[str, str | int]]:
    """The object that the judge gives for answers by their labels, in the order shown."""
    order = " ".join(answer.text for answer in shown.values())
    return {
        label: _said(case, answer, scores(case, answer, slot, order), label)
        for slot, (label, answer) in enumerate(shown.items())
    }


def scores(case: Case, answer: Answer, slot: int, order: str) -> Grades:
    """The judge's five scores of an answer that it sees at `slot` of this order."""
    values = list(answer.grades[""])
    judged = (case.key, answer.grades[""])
    if values[-1] >= LONG and share("recorded-long", *judged) < LIKES_LONG:
        values[0] += 1
    if share("recorded-slip", *judged) < SLIPS:
        _shift(values, "recorded-slip", *judged)
    if "planted" not in case.attributes:
        if slot == 0 and share("recorded-first", case.key, order) < LIKES_THE_FIRST:
            values[0] += 1
        if share("recorded-waver", case.key, order, slot) < WAVERS:
            _shift(values, "recorded-waver", case.key, order, slot)
    return tuple(max(0, min(MOST, value)) for value in values)


def compact(said: Mapping[str, object]) -> str:
    """The reply as JSON without a space too many: the file ships with the package."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def fenced(said: Mapping[str, object]) -> str:
    """The reply as chatty models give it."""
    return f"Here is my judgement:\n\n```json\n{compact(said)}\n```\n\nI hope that this helps."


def _shift(values: list[int], *names: object) -> None:
    """One of the metrics that decide, a point up or down."""
    step = 1 if share("step", *names) < 0.5 else -1
    values[int(share("metric", *names) * (JUDGED - 1))] += step


def _said(case: Case, answer: Answer, values: Sequence[int], label: str) -> dict[str, str | int]:
    said: dict[str, str | int] = {}
    for metric, value in zip(METRICS, values, strict=True):
        words = WORDS[metric][0 if value < 2 else 1 if value == 2 else 2]
        choice = share("recorded-words", case.key, answer.text, label, metric)
        said |= {f"{metric}_reason": words[int(choice * len(words))], metric: value}
    return said
