"""Who gives which score: the written grades as three raters see them.

rater-a is careful and gives the grades. rater-b is lenient, one point more almost everywhere. The
judge is near rater-a, likes long answers a little too well, and slips now and then. Answers with
the same grades get the same scores, so that copies are told apart by nobody.
"""

from collections.abc import Mapping
from typing import Any

from scripts.sample.cases import METRICS, RATERS, Answer, Case, Grades
from scripts.sample.chance import share, shuffled

MOST = 4
JUDGED = 3
LONG = 3
KEEPS_TO_THE_GRADES = 0.12
SLIPS = 0.2
MISSES_THE_BEST = 0.1
GIVES_REASON = {"a": 0.92, "b": 0.7, "j": 1.0}
LENIENT_WORDS = {
    "high": (
        "Good answer.",
        "Nothing to add.",
        "Clear and right.",
        "Says what was asked.",
        "Fine.",
    ),
    "middle": (
        "Part of it is there.",
        "Could say more.",
        "Half-way there.",
        "Not bad, not complete.",
    ),
    "low": ("Does not help.", "This is not right.", "Misses the question.", "Wrong, sadly."),
}
JUDGE_WORDS = {
    "high": (
        "Answers what was asked and agrees with what is given.",
        "Correct, and it covers what was asked.",
        "The claim holds and the wording is clear.",
    ),
    "middle": (
        "Partly correct; an important piece is missing or doubtful.",
        "On the right track, but incomplete.",
    ),
    "low": (
        "The central claim does not hold.",
        "Does not answer the question that was asked.",
        "The answer contradicts what is given.",
    ),
}


def scores(case: Case, answer: Answer, rater: str) -> Grades:
    """One rater's five scores of an answer."""
    grades = answer.grades[""]
    if rater in answer.grades:
        return answer.grades[rater]
    if rater == "b":
        return _lenient(case, grades)
    return _judged(case, grades) if rater == "j" else grades


def total(values: Grades) -> int:
    """What decides a pair by the preset: helpfulness, correctness and coherence."""
    return sum(values[:JUDGED])


def ratings(case: Case, number: int) -> list[dict[str, Any]]:
    """The ratings of one answer, by its number, as the native layout writes them."""
    answer = case.answers[number]
    if not answer.grades:
        return []
    return [_rating(case, number, rater) for rater in case.raters]


def _rating(case: Case, number: int, rater: str) -> dict[str, Any]:
    answer = case.answers[number]
    values = scores(case, answer, rater)
    shown = shuffled(range(len(case.answers)), "shown", case.key, rater)
    rating: dict[str, Any] = {
        "rater": RATERS[rater],
        "kind": "judge" if rater == "j" else "human",
        "position": shown.index(number),
        **dict(zip(METRICS, values, strict=True)),
    }
    if share("reason", case.key, number, rater) < GIVES_REASON[rater]:
        rating["rationales"] = _reasons(case, number, rater, values)
    return rating


def _reasons(case: Case, number: int, rater: str, values: Grades) -> Mapping[str, str]:
    """Why, in a few words: rater-a's own, by the metric lost on; the others' usual ones."""
    if rater == "a":
        text = case.answers[number].reason
        weakest = min(range(JUDGED), key=lambda metric: values[metric])
        lost = values[weakest] < MOST - 1
        return {METRICS[weakest] if lost else "overall": text[0].upper() + text[1:] + "."}
    words = JUDGE_WORDS if rater == "j" else LENIENT_WORDS
    level = "high" if total(values) > 10 else "middle" if total(values) > 7 else "low"
    choice = words[level]
    return {"overall": choice[int(share("words", case.key, number, rater) * len(choice))]}


def _lenient(case: Case, grades: Grades) -> Grades:
    if share("lenient", case.key, grades) < KEEPS_TO_THE_GRADES:
        return grades
    return (*(min(MOST, grade + 1) for grade in grades[:JUDGED]), *grades[JUDGED:])


def _judged(case: Case, grades: Grades) -> Grades:
    values = list(grades)
    slip = share("slip", case.key, grades)
    if total(grades) == JUDGED * MOST:
        if slip < MISSES_THE_BEST and sum(grades) < len(METRICS) * MOST:
            values[0] -= 1
        return tuple(values)
    if grades[4] >= LONG:
        values[0] = min(MOST, values[0] + 1)
    if slip < SLIPS:
        metric = int(share("metric", case.key, grades) * 2)
        step = 1 if share("step", case.key, grades) < 0.5 else -1
        values[metric] = max(0, min(MOST, values[metric] + step))
    return tuple(values)
