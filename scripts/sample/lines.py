"""Cases as lines of the native layout."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from scripts.sample.cases import RATERS, Answer, Case, Ranking
from scripts.sample.chance import share, shuffled
from scripts.sample.ratings import ratings, scores, total

# How often a model gives the best answer; none of them always does.
MODELS = {"sample-large": 5.0, "sample-base": 3.0, "sample-small": 1.8, "sample-tiny": 1.0}
TEMPERATURES = (0.2, 0.7, 1.0)


def line_of(case: Case, paths: Mapping[str, str]) -> str:
    """The case as one line of JSON; `paths` are the media's by name."""
    order = shuffled(range(len(case.answers)), "order", case.key)
    values = {
        "key": case.key,
        **_asked(case, paths),
        "reference": case.reference or None,
        "attributes": dict(case.attributes),
        "responses": _responses(case, order),
        "rankings": _rankings(case, order),
        "failures": _failures(case),
    }
    kept = {name: value for name, value in values.items() if value not in (None, [])}
    return json.dumps(kept, ensure_ascii=False)


def _asked(case: Case, paths: Mapping[str, str]) -> dict[str, Any]:
    if case.turns:
        return _talk(case.turns, paths)
    asked: dict[str, Any] = {"prompt": case.ask}
    if case.pictures:
        asked["images"] = [paths[name] for name in case.pictures]
    if case.film:
        asked["video"] = paths[case.film]
    return asked


def _talk(turns: Sequence[Sequence[str]], paths: Mapping[str, str]) -> dict[str, Any]:
    """Turns as messages of parts; the parts take the pictures in their order."""
    messages = [
        {
            "role": role,
            "content": [
                {"type": "image"} if part.startswith("@") else {"type": "text", "text": part}
                for part in parts
            ],
        }
        for role, *parts in turns
    ]
    named = [part[1:] for turn in turns for part in turn if part.startswith("@")]
    return {"messages": messages, "images": [paths[name] for name in named]}


def _responses(case: Case, order: Sequence[int]) -> list[dict[str, Any]]:
    models = _models(case)
    made = []
    for place, number in enumerate(order):
        response: dict[str, Any] = {
            "text": case.answers[number].text,
            "model": models[number],
            "sampling": _sampling(case, place),
        }
        if found := ratings(case, number):
            response["ratings"] = found
        made.append(response)
    if case.written:
        made.append({"text": case.written[0], "origin": "written"})
    return made


def _models(case: Case) -> list[str]:
    """A model for every answer: the larger one likelier for the better answer, never sure."""
    dealt = sorted(
        MODELS, key=lambda model: -(share("model", case.key, model) ** (1 / MODELS[model]))
    )
    best_first = sorted(
        range(len(case.answers)), key=lambda number: -_quality(case.answers[number])
    )
    models = [""] * len(case.answers)
    for number, model in zip(best_first, dealt, strict=True):
        models[number] = model
    return models


def _quality(answer: Answer) -> int:
    return total(answer.grades[""]) if answer.grades else -1


def _sampling(case: Case, place: int) -> dict[str, float | int]:
    temperature = TEMPERATURES[int(share("temperature", case.key) * len(TEMPERATURES))]
    return {"temperature": temperature, "seed": place}


def _rankings(case: Case, order: Sequence[int]) -> list[dict[str, Any]]:
    """Orders by score, and those written by hand; indexes are into the line's responses."""
    by_score = [Ranking(rater, _tiers(case, rater), confirmed=True) for rater in case.ranked]
    return [_ranking(case, one, order) for one in (*by_score, *case.rankings)]


def _tiers(case: Case, rater: str) -> list[list[int]]:
    totals = [total(scores(case, answer, rater)) for answer in case.answers]
    return [
        [number for number, value in enumerate(totals) if value == level]
        for level in sorted(set(totals), reverse=True)
    ]


def _ranking(case: Case, ranking: Ranking, order: Sequence[int]) -> dict[str, Any]:
    tiers = [sorted(order.index(number) for number in tier) for tier in ranking.tiers]
    values: dict[str, Any] = {"rater": RATERS[ranking.rater], "kind": "human", "tiers": tiers}
    if case.written:
        own = [[len(case.answers)]]
        values["tiers"] = [*own, *tiers] if case.verdict == "all_bad" else [*tiers, *own]
        values["rationale"] = case.written[1]
    return {**values, "verdict": case.verdict, "confirmed": ranking.confirmed}


def _failures(case: Case) -> list[dict[str, str]]:
    if not case.failure:
        return []
    reason, detail = case.failure
    return [{"rater": RATERS["j"], "kind": "judge", "reason": reason, "detail": detail}]
