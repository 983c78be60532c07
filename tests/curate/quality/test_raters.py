"""Every rater's record: what is counted, what is refused, and who is found careless."""

from datetime import timedelta
from random import Random

import pytest

from curate.labelling.status_raters import rater_figures
from curate.quality.measure import measure
from schemas.event import Answer, Usage
from schemas.quality import Quality, RaterQuality
from tests.support.gold import gold
from tests.support.workspaces import NOW, Bench

ANN, BEN, CLEO = (f"human:h-{number:012x}" for number in (1, 2, 3))


def of(found: Quality, rater: str) -> RaterQuality:
    return next(it for it in found.raters if f"{it.kind}:{it.rater}" == rater)


def record(bench: Bench, rater: str) -> RaterQuality:
    return of(measure(bench.write()), rater)


def team(bench: Bench, random: Random, prompts: int, noise: dict[str, float]) -> None:
    """Everybody scores every answer; with so much noise a score is drawn."""
    for number in range(prompts):
        bench.prompt(f"q{number}", *"abc")
        quality = random.sample(range(5), 3)
        for rater, share in noise.items():
            scores = {
                answer: float(random.randint(0, 4) if random.random() < share else it)
                for answer, it in zip("abc", quality, strict=True)
            }
            bench.vote(f"q{number}", rater, scores)


def test_reliability_orders_raters_and_suspects_are_the_careless_ones_votes(bench: Bench) -> None:
    noise = {ANN: 0.05, BEN: 0.1, "human:anna": 0.1, CLEO: 1.0}
    team(bench, Random(1), 40, noise)
    found = measure(bench.write())
    told = {rater: of(found, rater).reliability for rater in noise}
    assert {it.n for it in told.values()} == {120}
    worst = told.pop(CLEO).high or 1
    assert all((it.low or 0) > worst for it in told.values())
    fidelity = {rater: of(found, rater).fidelity or 0 for rater in noise}
    assert min(fidelity, key=lambda rater: fidelity[rater]) == CLEO
    ability = {rater: of(found, rater).ability or 0 for rater in noise}
    assert min(ability, key=lambda rater: ability[rater]) == CLEO
    assert [it.rater for it in found.raters if it.careless] == [CLEO.removeprefix("human:")]
    mine = sum(f"human:{it.rater}" == CLEO for it in found.suspects)
    assert mine > 0.7 * len(found.suspects)
    assert [it.wrong for it in found.suspects] == sorted(
        (it.wrong for it in found.suspects), reverse=True
    )


def test_the_hardest_pairs_are_those_on_which_people_differ_most(bench: Bench) -> None:
    team(bench, Random(3), 30, dict.fromkeys((ANN, BEN, CLEO), 0.0))
    bench.prompt("hard", *"ab")
    for rater, scores in (
        (ANN, {"a": 4, "b": 0}),
        (BEN, {"a": 0, "b": 4}),
        (CLEO, {"a": 2, "b": 2}),
    ):
        bench.vote("hard", rater, scores)
    hardest, *rest = measure(bench.write()).hardest
    assert (hardest.kind, hardest.for_one, hardest.ties, hardest.for_other) == ("human", 1, 1, 1)
    assert hardest.difficulty > max(it.difficulty for it in rest)
    assert all(sorted((it.for_one, it.ties, it.for_other)) == [0, 0, 3] for it in rest)
    assert len(rest) == 90


@pytest.mark.parametrize(
    ("raters", "prompts", "reason"),
    [((ANN, BEN), 30, "no item with the votes of 3"), ((ANN, BEN, CLEO), 6, "18 items")],
)
def test_reliability_is_refused_with_the_reason(
    bench: Bench, raters: tuple[str, ...], prompts: int, reason: str
) -> None:
    team(bench, Random(2), prompts, dict.fromkeys(raters, 0.1))
    measured = measure(bench.write())
    found = of(measured, ANN)
    assert (found.reliability.value, found.ability, found.fidelity) == (None, None, None)
    assert reason in str(found.why_not)
    assert measured.hardest == ()


def test_judges_and_people_are_not_one_jury(bench: Bench) -> None:
    team(bench, Random(2), 30, {ANN: 0.1, BEN: 0.1, "judge:j": 0.1})
    assert record(bench, ANN).reliability.value is None


def test_gold_reviews_and_pace_are_those_of_label_status(bench: Bench) -> None:
    random = Random(4)
    for number in range(8):
        gold(bench, f"g{number}", *"abc")
        for rater in (ANN, BEN):
            order = random.sample("abc", 3)
            bench.vote(f"g{number}", rater, tiers=order, usage=Usage(seconds=random.randint(1, 90)))
    kept, back = bench.events[-1], bench.events[-3]
    bench.vote("g7", CLEO, reviews=kept.event_id, flags=("accepted",))
    bench.vote("g6", CLEO, reviews=back.event_id, flags=("returned",))
    bench.vote("g6", BEN, deleted=True, supersedes=back.event_id)
    workspace = bench.write()
    found = measure(workspace)
    for it in rater_figures(workspace).raters:
        if not it.votes:
            continue
        ours = of(found, f"human:{it.rater}")
        assert (ours.votes, ours.seconds) == (it.votes, it.seconds)
        assert (ours.accepted, ours.returned) == (it.accepted, it.returned)
        assert ours.gold.n == it.gold_pairs
        assert ours.gold.value == pytest.approx(it.gold_share, abs=1e-6)


def test_conflicts_of_ranking_and_scores_are_counted(bench: Bench) -> None:
    bench.prompt("q", *"abc")
    bench.vote("q", ANN, {"a": 4, "b": 2, "c": 0}, tiers=["b", "a", "c"])
    assert record(bench, ANN).conflicts == 1


def test_straight_lines_are_sheets_of_three_answers_scored_alike(bench: Bench) -> None:
    random = Random(5)
    team(bench, random, 30, {ANN: 0.1, BEN: 0.1})
    for number in range(30):
        alike = random.random() < 0.8
        bench.vote(f"q{number}", CLEO, {it: 2.0 if alike else random.randint(0, 4) for it in "abc"})
    bench.prompt("two", *"ab")
    bench.vote("two", ANN, {"a": 1, "b": 1})
    found = measure(bench.write())
    assert of(found, ANN).straight.n == 30
    assert (of(found, CLEO).straight.value or 0) > 0.7
    assert "straight lines" in of(found, CLEO).careless
    assert of(found, ANN).careless == ()


def test_copies_name_the_one_who_voted_later(bench: Bench) -> None:
    random = Random(6)
    team(bench, random, 40, {ANN: 0.3, BEN: 0.3, "human:dora": 0.3})
    for event in [it for it in bench.events if f"human:{it.rater.id}" == ANN]:
        values = event.model_dump() | {"at": NOW + timedelta(hours=1)}
        values |= {"event_id": event.event_id[::-1]}
        values["rater"]["id"] = CLEO.removeprefix("human:")
        bench.events.append(type(event).model_validate(values))
    found = measure(bench.write())
    (copy,) = found.copies
    names = [it.removeprefix("human:") for it in (ANN, CLEO)]
    assert [copy.one, copy.other] == names
    assert (copy.identical, copy.common, copy.later) == (40, 40, names[1])
    assert copy.p_value < 1e-6
    assert [it.rater for it in found.raters if it.careless] == [names[1]]


def test_the_answer_shown_first_is_counted_with_its_wins(bench: Bench) -> None:
    random = Random(7)
    for number in range(30):
        bench.prompt(f"q{number}", *"abc")
        for rater, bonus in ((ANN, 3), (BEN, 0)):
            shown = random.sample("abc", 3)
            event = bench.vote(f"q{number}", rater, {it: random.randint(0, 1) for it in shown})
            first, *others = (
                it.model_copy(update={"position": place}) for place, it in enumerate(event.answers)
            )
            raised = {name: it + bonus for name, it in first.scores.items()}
            answers = (Answer.model_validate({**first.model_dump(), "scores": raised}), *others)
            bench.events[-1] = event.model_copy(update={"answers": answers})
    found = measure(bench.write())
    assert (of(found, ANN).first_shown.value, of(found, ANN).first_shown.n) == (1, 60)
    assert of(found, BEN).first_shown.value == pytest.approx(0.5, abs=0.15)
