"""Laws of a whole routing over random workspaces, and margins beside a plain reckoning of them."""

from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from curate.routing.report import TARGETS
from curate.routing.routes import Options, route
from schemas.config_routing import RouteRule
from tests.support.routing import routes, rule
from tests.support.workspaces import Bench, five

WHENS = ("margin < 3", "n_readings > 2", "spread > 2", "n_answers > 3", "n_human_votes > 0")
Reading = tuple[str, dict[str, int]]


def fill(bench: Bench, random: Random, start: int, count: int) -> dict[str, list[Reading]]:
    """Prompts with readings of one or two judges; the readings by prompt."""
    readings: dict[str, list[Reading]] = {}
    for number in range(start, start + count):
        prompt, answers = f"q{number}", "abcde"[: random.randint(0, 5)]
        bench.prompt(prompt, *answers)
        readings[prompt] = []
        for order_no in range(random.randint(0, 3) if len(answers) > 1 else 0):
            seen = random.sample(answers, random.randint(2, len(answers)))
            sums = {answer: random.randint(0, 12) for answer in seen}
            judge = random.choice("jk")
            readings[prompt].append((judge, sums))
            scores = {answer: five(total) for answer, total in sums.items()}
            bench.vote(prompt, f"judge:{judge}", scores, order_no=order_no)
        if answers and random.random() < 0.2:
            bench.vote(prompt, "human:anna", {answers[0]: five(3)})
    return readings


def reckoned(bench: Bench, prompt: str, readings: list[Reading]) -> tuple[Any, Any, Any]:
    """(margin, least, spread) of a prompt's best two answers, from the definition."""
    leads: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for judge, sums in readings:
        mean = Fraction(sum(sums.values()), len(sums))
        for answer, total in sums.items():
            leads[answer][judge].append(total - mean)
    order = sorted(
        leads,
        key=lambda answer: (
            -_mean([_mean(by_judge) for by_judge in leads[answer].values()]),
            bench.candidates[prompt, answer].candidate_id,
        ),
    )
    if len(order) < 2:
        return None, None, None
    best, second = order[:2]
    differences: dict[str, list[Fraction]] = defaultdict(list)
    for judge, sums in readings:
        if best in sums and second in sums:
            differences[judge].append(Fraction(sums[best] - sums[second]))
    if not differences:
        return None, None, None
    every = [one for found in differences.values() for one in found]
    margin = _mean([_mean(found) for found in differences.values()])
    return margin, min(every), max(every) - min(every)


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


@pytest.mark.parametrize("seed", range(6))
def test_margins_are_what_their_definition_says(seed: int, tmp_path: Path) -> None:
    """Each prompt goes to people only where the rule with its own reckoned numbers holds."""
    bench = Bench(tmp_path / "workspace")
    readings = fill(bench, Random(seed), 0, 25)
    conditions = []
    for prompt, found in readings.items():
        margin, least, spread = reckoned(bench, prompt, found)
        same = (
            "margin is null"
            if margin is None
            else f"abs(margin - {float(margin)}) < 0.000002 and least_margin = {int(least)}"
            f" and spread = {int(spread)}"
        )
        conditions.append(f"(question = '{prompt}' and {same})")
    bench.config = "[route]\noverlap_min = 0\noverlap_share = 0\n"
    bench.config += rule(" or ".join(conditions), "both", name="as-reckoned")
    route(bench.write(), Options())
    answered = {text for text, _ in bench.candidates}
    assert {text for text, row in routes(bench).items() if row["rule"] == "as-reckoned"} == answered


@pytest.mark.parametrize("seed", range(6))
def test_a_workspace_that_grows_keeps_what_was_decided_by_draw_and_by_people(
    seed: int, tmp_path: Path
) -> None:
    random = Random(100 + seed)
    bench = Bench(tmp_path / "workspace")
    bench.config = f"[route]\noverlap_min = {random.randint(0, 12)}\noverlap_share = 0.1\n"
    rules = [
        RouteRule(when=when, to=random.choice(TARGETS), raters=random.randint(1, 3))
        for when in random.sample(WHENS, 2)
    ]
    bench.config += "".join(rule(one.when, one.to, raters=one.raters) for one in rules)
    before: dict[str, dict[str, Any]] = {}
    for start in (0, 20, 40):
        fill(bench, random, start, 20)
        report = route(bench.write(), Options(next=random.choice([0, 2])))
        now = routes(bench)
        assert now.keys() == bench.prompts.keys()
        assert sum(report.to(target) for target in TARGETS) == len(now)
        assert report.totals.overlap == sum(row["overlap"] for row in now.values())
        for text, row in before.items():
            _holds_on(row, now[text])
        before = now


def _holds_on(old: dict[str, Any], new: dict[str, Any]) -> None:
    """What a later routing leaves as it was."""
    if old["frozen"]:
        assert (new["frozen"], new["candidate_ids"]) == (True, old["candidate_ids"])
    assert new["inclusion_probability"] >= old["inclusion_probability"]
    if old["overlap"] and new["to"] != "none":
        assert new["overlap"]
