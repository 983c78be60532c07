"""Planted leanings are found by their probe, and what has none lies at neutral."""

import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest

from curate.build import BuildReport
from schemas.bias import BiasReport, Probe
from schemas.errors import BuildError
from schemas.intervals import wilson
from tests.support.workspaces import Bench, five

PROMPTS = 60


def found(report: BuildReport) -> BiasReport:
    return report.manifest.bias


def probe(report: BuildReport, name: str) -> Probe:
    return found(report).probes[name]


def shown(
    bench: Bench, prompt: str, rater: str, order: list[str], totals: dict[str, int], **event: Any
) -> None:
    """One event whose answers stood in this order."""
    made = bench.vote(prompt, rater, {answer: five(totals[answer]) for answer in order}, **event)
    answers = tuple(
        answer.model_copy(update={"position": place}) for place, answer in enumerate(made.answers)
    )
    bench.events[-1] = made.model_copy(update={"answers": answers})


def prompts(
    bench: Bench, *, models: tuple[str, str] = ("m", "n")
) -> Iterator[tuple[str, str, str]]:
    """Prompts with two answers each, the second one longer."""
    for number in range(PROMPTS):
        prompt = f"q{number:03}"
        short, long = f"{prompt} yes", f"{prompt} yes, and here is why"
        bench.prompt(prompt)
        bench.answer(prompt, short, model=models[0])
        bench.answer(prompt, long, model=models[1])
        yield prompt, short, long


def test_a_few_prompts_that_all_go_one_way_are_not_certain(bench: Bench) -> None:
    for prompt, *answers in itertools.islice(prompts(bench), 6):
        shown(bench, prompt, "human:p", answers, dict(zip(answers, (8, 4), strict=True)))
    first = probe(bench.build(), "first_shown.human")
    assert (first.figure.value, first.figure.high, first.figure.n) == (1, 1, 6)
    assert first.figure.low == pytest.approx(wilson(1.0, 6)[0], abs=1e-6)


@pytest.mark.parametrize(("share", "above"), [(0.9, True), (0.5, False)])
def test_a_person_who_takes_what_stands_first_is_seen(
    bench: Bench, share: float, *, above: bool
) -> None:
    chance = random.Random(1)
    for prompt, *answers in prompts(bench):
        order = chance.sample(answers, 2)
        winner = order[0] if chance.random() < share else order[1]
        totals = {answer: 8 if answer == winner else 4 for answer in order}
        shown(bench, prompt, "human:p", order, totals)
    report = bench.build()
    first = probe(report, "first_shown.human")
    assert first.figure.value == pytest.approx(share, abs=0.12)
    assert first.above == above
    assert any("shown first" in text for text in report.manifest.warnings) == above


def test_strict_fails_on_what_is_beyond_its_limit(bench: Bench) -> None:
    for prompt, short, long in prompts(bench):
        shown(bench, prompt, "human:p", [long, short], {long: 8, short: 4})
    with pytest.raises(BuildError, match=r"shown first wins \(human\): 100"):
        bench.build(strict=True)
    quiet = ("limits.first_shown=1", "limits.longer_rule=1", "limits.model_rule=1")
    assert bench.build(*quiet, strict=True).manifest.warnings == ()


def test_a_judge_that_turns_round_when_answers_are_swapped_is_seen(bench: Bench) -> None:
    for number, (prompt, short, long) in enumerate(prompts(bench)):
        for sample, order in enumerate(([short, long], [long, short])):
            best = order[0] if number % 2 else long
            totals = {answer: 8 if answer == best else 4 for answer in order}
            shown(bench, prompt, "judge:j", order, totals, order_no=sample)
    report = bench.build()
    assert probe(report, "swap_flips").figure.value == 0.5
    assert probe(report, "swap_flips").above
    assert probe(report, "first_shown.judge").figure.value == 0.75


def test_a_judge_that_likes_its_own_family_is_held_against_people(bench: Bench) -> None:
    """It takes its own family's answer always, people half of the time: half too often."""
    for number, (prompt, short, long) in enumerate(prompts(bench, models=("gpt-4o", "qwen2-vl"))):
        bench.vote(prompt, "judge:gemini/gemini-3", {short: 2, long: 3})
        bench.vote(prompt, "judge:openai/gpt-5", {short: 3, long: 2})
        bench.vote(prompt, "human:p", {short: 3, long: 2} if number % 2 else {short: 2, long: 3})
    report = bench.build()
    assert probe(report, "own_family").figure.value == 1.0
    assert probe(report, "own_family").figure.n == PROMPTS
    excess = probe(report, "own_family_excess")
    assert excess.figure.value == pytest.approx(0.5)
    assert excess.above


def test_length_at_equal_human_scores_is_what_only_the_judge_sees(bench: Bench) -> None:
    for number, (prompt, short, long) in enumerate(prompts(bench)):
        bench.vote(prompt, "human:p", {short: 3, long: 3})
        bench.vote(prompt, "judge:j", {short: 2, long: 3} if number % 6 else {short: 3, long: 2})
    equal = probe(bench.build(), "longer_at_equal")
    assert equal.figure.value == pytest.approx(5 / 6)
    assert equal.above


def test_refusals_are_counted_apart_on_safety_prompts(bench: Bench) -> None:
    for number, (prompt, short, long) in enumerate(prompts(bench)):
        candidate = bench.candidates[prompt, short]
        bench.candidates[prompt, short] = candidate.model_copy(
            update={"attributes": {"refusal": "true"}}
        )
        if number < 20:
            asked = bench.prompts[prompt]
            bench.prompts[prompt] = asked.model_copy(update={"attributes": {"category": "safety"}})
        better = short if number < 20 else long
        bench.vote(prompt, "human:p", {short: 2, long: 2, better: 4})
    report = bench.build()
    assert probe(report, "refusal.human, safety").figure.value == 1.0
    assert probe(report, "refusal.human").figure.value == 0.0
    assert (probe(report, "refusal.human").figure.n, probe(report, "refusal.human").limit) == (
        40,
        None,
    )


def test_rules_without_a_look_at_content_are_scored_on_the_pairs(bench: Bench) -> None:
    """The longer answer, always by model n, wins 45 of 60."""
    for number, (prompt, short, long) in enumerate(prompts(bench)):
        winner = long if number % 4 else short
        shown(bench, prompt, "human:p", [short, long], {short: 4, long: 4, winner: 8})
    rules = found(bench.build()).overall
    assert rules is not None
    assert (rules.pairs, rules.coin) == (60, 0.5)
    assert (rules.longer.value, rules.first.value, rules.model.value) == (0.75, 0.25, 0.75)


def test_a_models_mean_leaves_the_pairs_own_prompt_out(bench: Bench) -> None:
    """With one prompt nothing is known of a model elsewhere."""
    bench.prompt("q")
    for answer, model in (("a", "m"), ("b", "n")):
        bench.answer("q", answer, model=model)
    bench.vote("q", "human:p", {"a": 4, "b": 1})
    rules = found(bench.build()).overall
    assert rules is not None
    assert (rules.model.n, rules.model.value) == (0, None)


def test_what_a_place_adds_is_in_points(bench: Bench) -> None:
    """Whatever stands first gets two points more, so one above the mean of two."""
    chance = random.Random(3)
    for prompt, *answers in prompts(bench):
        order = chance.sample(answers, 2)
        shown(bench, prompt, "judge:j", order, {order[0]: 6, order[1]: 4})
    slots = found(bench.build()).slots
    assert {name: [one.value for one in places] for name, places in slots.items()} == {
        "judge": [1.0, -1.0]
    }


def test_without_votes_there_is_nothing_to_lean(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    assert found(bench.build()) == BiasReport()


def test_other_limits_make_another_build(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    first = bench.build().manifest.build_id
    assert bench.build("limits.first_shown=0.9").manifest.build_id != first
