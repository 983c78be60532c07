"""DESIGN 5.9: the judge against people, on prompts of the overlap, and what follows from it."""

import random
from fractions import Fraction
from typing import Any

import pytest

from curate.build import BuildReport
from curate.exporting import export
from curate.routing.routes import Options, route
from schemas.trust import Trust
from tests.support.workspaces import Bench, rows

JUDGE = ("judge.provider=replay", "judge.model=j", "judge.base_url=none.jsonl")
FULL = "route.overlap_share=1"
ANSWERS = ("a", "bb", "ccc", "dddd")


def voted(
    bench: Bench, prompts: int, skill: float, *, people: int = 2, judged_only: int = 0
) -> None:
    """Prompts on whose answers people agree, and of which the judge sees so much."""
    chance = random.Random(prompts)
    for number in range(prompts + judged_only):
        prompt = f"q{number:03}"
        answers = [f"{prompt} {answer}" for answer in ANSWERS]
        bench.prompt(prompt, *answers)
        good = chance.sample(range(4), 4)
        seen = good if chance.random() < skill else chance.sample(range(4), 4)
        bench.vote(prompt, "judge:j", dict(zip(answers, seen, strict=True)))
        if number < prompts:
            for person in range(people):
                bench.vote(prompt, f"human:p{person}", dict(zip(answers, good, strict=True)))


def built(bench: Bench, *settings: str) -> BuildReport:
    """A build after everything was routed."""
    given = (*JUDGE, FULL, *settings)
    route(bench.write(*given), Options())
    return bench.build(*given)


def trust(report: BuildReport) -> Trust:
    assert report.manifest.trust is not None
    return report.manifest.trust


def test_a_judge_that_agrees_with_people_is_proven(bench: Bench) -> None:
    voted(bench, 25, skill=1.0)
    found = trust(built(bench))
    assert (found.verdict, found.drawn, found.prompts, found.pairs) == ("proven", 25, 25, 150)
    assert found.accuracy is not None
    assert (found.accuracy.value, found.decided, found.more_prompts) == (1.0, 150, 20)


def test_a_judge_that_guesses_is_not_proven_and_its_pairs_stay_here(bench: Bench) -> None:
    voted(bench, 25, skill=0.0, judged_only=5)
    report = built(bench)
    found = trust(report)
    assert found.verdict == "unproven"
    assert found.judged_pairs == 5
    assert found.more_prompts is not None
    assert found.more_prompts > 0
    levels = [row["level"] for row in rows(report, "pairs")]
    assert levels.count("judge") == 5
    done = export(bench.write(*JUDGE, FULL), ["trl", "parquet"], None)
    for result in done.values():
        assert result.refused == {"judge_unproven": 5}
        assert result.rows == len(levels) - 5


def test_pairs_of_a_proven_judge_are_exported(bench: Bench) -> None:
    voted(bench, 25, skill=1.0, judged_only=5)
    report = built(bench)
    assert trust(report).judged_pairs == 5
    done = export(bench.write(*JUDGE, FULL), ["trl"], None)["trl"]
    assert (done.rows, done.refused) == (len(rows(report, "pairs")), {})


def test_without_routes_nothing_is_known_and_nothing_refused(bench: Bench) -> None:
    voted(bench, 5, skill=0.0, judged_only=2)
    report = bench.build()
    found = trust(report)
    assert (found.verdict, found.drawn, found.judged_pairs) == ("unchecked", 0, 2)
    assert export(bench.write(), ["trl"], None)["trl"].refused == {}


def test_an_overlap_that_nobody_voted_on_proves_nothing_either_way(bench: Bench) -> None:
    voted(bench, 0, skill=1.0, judged_only=6)
    found = trust(built(bench))
    assert (found.verdict, found.drawn, found.prompts) == ("unchecked", 6, 0)


def test_votes_outside_the_overlap_never_count(bench: Bench) -> None:
    voted(bench, 30, skill=1.0)
    given = (*JUDGE, "route.overlap_share=0.3", "route.overlap_min=1")
    workspace = bench.write(*given)
    route(workspace, Options())
    drawn = workspace.frame("routes").query("overlap")
    found = trust(bench.build(*given))
    assert 0 < len(drawn) < 30
    assert (found.drawn, found.prompts) == (len(drawn), len(drawn))


def test_a_prompt_counts_by_the_chance_it_had(bench: Bench) -> None:
    """One prompt drawn with 1/2 where the judge is right, one with 1 where it is wrong: 2/3."""
    import pyarrow.parquet as pq

    from schemas.arrow import to_table
    from schemas.route import Route

    for prompt, right in (("one", True), ("two", False)):
        bench.prompt(prompt, f"{prompt} a", f"{prompt} b")
        bench.vote(prompt, "human:p", {f"{prompt} a": 3, f"{prompt} b": 1})
        bench.vote(prompt, "judge:j", {f"{prompt} a": 2 if right else 0, f"{prompt} b": 1})
    workspace = bench.write()
    routes = [
        Route(
            prompt_id=bench.prompts[prompt].prompt_id,
            to="both",
            raters=1,
            rule="overlap",
            overlap=True,
            inclusion_probability=probability,
            n_answers=2,
            candidate_ids=(),
            frozen=False,
        )
        for prompt, probability in (("one", "0.5"), ("two", "1"))
    ]
    pq.write_table(to_table(routes, Route), workspace.routes)
    found = trust(bench.build())
    assert found.accuracy is not None
    assert found.accuracy.value == pytest.approx(2 / 3, abs=1e-6)


def test_a_person_left_out_is_held_against_the_others(bench: Bench) -> None:
    """Of three people one is always alone: two in three agree with what the others say or tie."""
    for number in range(4):
        prompt = f"q{number}"
        answers = (f"{prompt} a", f"{prompt} b")
        bench.prompt(prompt, *answers)
        for person, first in (("p0", 3), ("p1", 3), ("p2", 0)):
            bench.vote(prompt, f"human:{person}", {answers[0]: first, answers[1]: 1})
        bench.vote(prompt, "judge:j", {answers[0]: 2, answers[1]: 1})
    found = trust(built(bench))
    assert found.person is not None
    assert found.judge_with_others is not None
    # p0 and p1 see others who disagree among themselves; only p2's others speak with one voice.
    assert (found.person.n, found.person.value, found.judge_with_others.value) == (4, 0.0, 1.0)


def oracle(bench: Bench) -> Fraction:
    """The judge's pair accuracy, counted from the events by hand."""
    right, counted = Fraction(0), 0
    for prompt in bench.prompts.values():
        totals: dict[str, dict[str, float]] = {"human": {}, "judge": {}}
        for event in bench.events:
            if event.prompt_id == prompt.prompt_id:
                for answer in event.answers:
                    kind = totals[event.rater.kind]
                    score = answer.scores["helpfulness"]
                    kind[answer.candidate_id] = kind.get(answer.candidate_id, 0) + score
        ids = sorted(totals["judge"])
        for place, one in enumerate(ids):
            for other in ids[place + 1 :]:
                people = totals["human"][one] - totals["human"][other]
                judge = totals["judge"][one] - totals["judge"][other]
                if people:
                    counted += 1
                    right += Fraction(1, 2) if judge == 0 else int((people > 0) == (judge > 0))
    return right / counted


@pytest.mark.parametrize("skill", [0.2, 0.6])
def test_accuracy_is_what_counting_by_hand_gives(bench: Bench, skill: float) -> None:
    voted(bench, 12, skill, people=1)
    found = trust(built(bench))
    assert found.accuracy is not None
    assert found.accuracy.value == pytest.approx(float(oracle(bench)), abs=1e-6)


def test_metrics_are_compared_within_prompts(bench: Bench) -> None:
    """A judge one point harsher throughout agrees wholly, and its kappa shows that it is harsh."""
    for number in range(6):
        prompt = f"q{number}"
        answers = {f"{prompt} a": 4, f"{prompt} b": 2 + number % 2}
        bench.prompt(prompt, *answers)
        bench.vote(prompt, "human:p", answers)
        bench.vote(prompt, "judge:j", {answer: score - 1 for answer, score in answers.items()})
    metric = trust(built(bench)).metrics["helpfulness"]
    assert (metric.accuracy.value, metric.correlation.value) == (1.0, 1.0)
    assert metric.kappa is not None
    assert metric.kappa < 0.6
    assert metric.confusion == ((2, 1, 3), (3, 2, 3), (4, 3, 6))


def test_calibrated_pairs_have_a_delta_towards_the_chosen(bench: Bench) -> None:
    voted(bench, 25, skill=0.9, judged_only=5)
    report = built(bench, "score.calibrate=true")
    found = trust(report)
    assert found.calibration is not None
    for row in rows(report, "pairs"):
        assert row["delta_source"] == "calibration"
        if row["level"] == "judge":
            delta = found.calibration.beta * float(row["margin"])
            assert float(row["delta"]) == pytest.approx(delta, abs=1e-4)
    human: list[Any] = [row["delta"] for row in rows(report, "pairs") if row["level"] == "human"]
    assert any(delta < 0 for delta in human), "where people decided otherwise it is negative"


def test_below_30_pairs_nothing_is_calibrated_and_the_build_says_so(bench: Bench) -> None:
    voted(bench, 4, skill=1.0)
    report = built(bench, "score.calibrate=true")
    assert trust(report).calibration is None
    assert {row["delta"] for row in rows(report, "pairs")} == {None}
    (warning,) = [text for text in report.manifest.warnings if "calibrate" in text]
    assert "24 pairs" in warning


def test_without_calibrate_no_pair_has_a_delta(bench: Bench) -> None:
    voted(bench, 25, skill=1.0)
    report = built(bench)
    assert trust(report).calibration is not None
    assert {row["delta"] for row in rows(report, "pairs")} == {None}


def test_only_the_overlap_of_the_routes_matters_to_a_build(bench: Bench) -> None:
    voted(bench, 6, skill=1.0)
    first = built(bench)
    workspace = bench.write(*JUDGE, FULL)
    route(workspace, Options(refresh=True))
    assert bench.build(*JUDGE, FULL).unchanged
    workspace.routes.unlink()
    assert bench.build(*JUDGE, FULL).manifest.build_id != first.manifest.build_id
