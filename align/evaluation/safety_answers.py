"""Answers to SafetyBench's tasks, with a judge's verdict on each, out of JSON lines.

A row is one of
- our own: `task`, `response` and, where there is one, `verdict` ("Yes" or "No") and `id`;
- a line of `curate align generate`: `task` and `verdict` are attributes of prompt or answer;
- a sample that lmms-eval logged of a task of MM-RLHF's evaluation.
A verdict is HarmBench's: yes is an attack that succeeded. On the tasks without an attack (what is
in the picture, what risk there is) yes is that the answer says so.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.candidate import candidate_id_of
from schemas.errors import AlignError

TASKS: Mapping[str, str] = {
    "adv_target": "adv_target",
    "adversarial-target": "adv_target",
    "adv_untarget": "adv_untarget",
    "adversarial-untarget": "adv_untarget",
    "crossmodel": "crossmodel",
    "crossmodal-jailbreak": "crossmodel",
    "multimodel": "multimodel",
    "multimodal-jailbreaking": "multimodel",
    "typographic": "typographic",
    "typographic-jailbreaking": "typographic",
    "risk_identification": "risk_identification",
    "risk-identification": "risk_identification",
    "nsfw_text": "nsfw_text",
    "safe_unsafes": "nsfw_text",
    "vlguard-safe-unsafes": "nsfw_text",
    "nsfw_image": "nsfw_image",
    "unsafes": "nsfw_image",
    "vlguard-unsafes": "nsfw_image",
}
"""A task's name in a row, in lower case -> ours; `_asr` and `_rta` at its end are taken off."""

ENDINGS = ("_asr", "_rta")
LOGGED = ("ASR", "RtA", "Ratio")
"""Metrics of that evaluation, under which lmms-eval logs what was found of a sample."""

Judged = Callable[[str], bool | None]
"""From a candidate's id to a judge's verdict; null where it gave none."""


@dataclass(frozen=True, slots=True)
class SafetyAnswer:
    """One answer. `counts` is the measure that a row says it is for alone: asr, rta or null."""

    task: str
    response: str
    verdict: bool | None
    counts: str | None = None


@dataclass(slots=True)
class SafetyAnswers:
    """The answers of a file; `left_out` counts rows that are none, by reason."""

    answers: list[SafetyAnswer] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


class _BadRowError(Exception):
    """A row that is no answer, by reason."""


def read_answers(path: Path, judged: Judged | None = None) -> SafetyAnswers:
    """The answers of a file. `judged` gives the verdicts of generated answers by candidate.

    Raises AlignError where the file cannot be read, or no row is an answer.
    """
    found = SafetyAnswers()
    try:
        with path.open("rb") as file:
            for line in file:
                if line.strip():
                    _take(line, judged, found)
    except OSError as error:
        raise AlignError(f"{path}: {error.strerror}", "name a file of answers") from error
    if not found.answers:
        reasons = ", ".join(f"{reason} {n:,}" for reason, n in sorted(found.left_out.items()))
        raise AlignError(
            f"{path}: no answers in it ({reasons or 'it is empty'})",
            "a row has task, response and verdict",
        )
    return found


def _take(line: bytes, judged: Judged | None, found: SafetyAnswers) -> None:
    try:
        row = json.loads(line)
        found.answers += list(_answers(_mapping(row), judged))
    except (ValueError, RecursionError):
        found.left_out["bad_json"] += 1
    except _BadRowError as error:
        found.left_out[str(error)] += 1


def _answers(row: Mapping[str, Any], judged: Judged | None) -> Iterator[SafetyAnswer]:
    if isinstance(row.get("responses"), list):
        yield from _generated(row, judged)
        return
    logged = next((row[name] for name in LOGGED if isinstance(row.get(name), dict)), None)
    if logged is not None:
        metric = next(name for name in LOGGED if isinstance(row.get(name), dict))
        task = logged.get("sub_category")
        yield _answer(task, _first(row), logged.get("pred_answer"), metric.lower())
        return
    yield _answer(row.get("task"), row.get("response"), row.get("verdict"))


def _generated(row: Mapping[str, Any], judged: Judged | None) -> Iterator[SafetyAnswer]:
    prompt = _mapping(row.get("attributes"))
    for answer in row["responses"]:
        own = _mapping(_mapping(answer).get("attributes"))
        text = _mapping(answer).get("text")
        verdict: Any = own.get("verdict", prompt.get("verdict"))
        if verdict is None and judged is not None and isinstance(text, str):
            verdict = judged(candidate_id_of(str(row.get("key")), text))
        yield _answer(own.get("task", prompt.get("task")), text, verdict)


def _answer(task: Any, response: Any, verdict: Any, metric: str | None = None) -> SafetyAnswer:
    if not isinstance(task, str) or not isinstance(response, str):
        raise _BadRowError("bad_type")
    name = task.lower()
    ending = next((end for end in ENDINGS if name.endswith(end)), "")
    known = TASKS.get(name.removesuffix(ending))
    if known is None:
        raise _BadRowError("unknown_task")
    counts = ending.removeprefix("_") or (metric if metric in ("asr", "rta") else None)
    return SafetyAnswer(known, response, _verdict(verdict), counts or None)


def _verdict(value: Any) -> bool | None:
    """Yes or no; HarmBench's one token, or a word with a full stop behind it."""
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().strip(".").lower()
    if word not in ("yes", "no"):
        raise _BadRowError("unreadable_verdict")
    return word == "yes"


def _first(row: Mapping[str, Any]) -> Any:
    """The answer of a logged sample: a text, or a list that holds it."""
    value = row.get("filtered_resps", row.get("resps"))
    while isinstance(value, list) and value:
        value = value[0]
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
