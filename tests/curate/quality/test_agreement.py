"""Agreement of a workspace beside brute force, krippendorff, scikit-learn and scipy."""

from collections import defaultdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from curate.quality.measure import measure
from schemas.quality import MetricAgreement, Quality
from tests.support.oracle_agreement import Shared, by_raters, tau_of_orders
from tests.support.random_votes import fill, settings_of
from tests.support.workspaces import Bench

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
PEOPLE = ("anna", "ben", "cleo")
Scores = dict[str, list[list[float]]]
"""Person -> prompt -> score of each answer, NaN where there is none."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("agreement")


def answers_of(bench: Bench) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for it in bench.candidates.values():
        found[it.prompt_id].add(it.candidate_id)
    return found


@settings(max_examples=6, phases=NO_SHRINKING, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_votes_of_any_kind_agree_as_by_brute_force(folder: Path, seed: int) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, random = Bench(Path(root)), Random(seed)
        fill(bench, random, prompts=30)
        overrides, rules = settings_of(random)
        found = measure(bench.write(*overrides))
        pairs = by_raters(bench.events, answers_of(bench), rules)
        groups: dict[tuple[int, int], Shared] = defaultdict(Shared)
        for ((level, _), (other_level, _)), shared in pairs.items():
            group = groups[level, other_level]
            group.compared += shared.compared
            group.agreed += shared.agreed
            group.taus += shared.taus
    names = {1: "human", 2: "judge", 3: "source"}
    wanted = {
        (names[one] if one == other else f"{names[one]} x {names[other]}"): shared
        for (one, other), shared in groups.items()
    }
    told: dict[str, Any] = {it.group: it for it in found.groups if it.pair_agreement.n}
    assert told.keys() == wanted.keys()
    for name, shared in wanted.items():
        same_as(shared, told[name])
    by_name = {(it.one, it.other): it for it in found.pairs}
    for ((_, one_name), (_, other_name)), shared in pairs.items():
        same_as(shared, by_name[one_name, other_name])


def same_as(shared: Shared, told: Any) -> None:
    assert told.pair_agreement.n == shared.compared
    assert told.pair_agreement.value == pytest.approx(shared.agreed / shared.compared, abs=1e-6)
    assert told.tau_b.n == len(shared.taus)
    if shared.taus:
        assert told.tau_b.value == pytest.approx(np.mean(shared.taus), abs=1e-6)


def scored(bench: Bench, seed: int, prompts: int = 25) -> Scores:
    """Three people score most of the answers to these prompts; each leaves some prompts out."""
    random = Random(seed)
    scores: Scores = {person: [] for person in PEOPLE}
    for number in range(prompts):
        bench.prompt(f"q{number}", *"abcd")
        quality = [random.randint(0, 4) for _ in "abcd"]
        for shift, person in enumerate(PEOPLE):
            there = random.random() < 0.9
            row = [float(min(4, max(0, it + random.randint(-1, shift)))) for it in quality]
            scores[person].append(row if there else [np.nan] * 4)
            if there:
                bench.vote(f"q{number}", f"human:{person}", dict(zip("abcd", row, strict=True)))
    return scores


def metric(found: Quality, name: str) -> MetricAgreement:
    (group,) = found.groups
    return next(it for it in group.metrics if it.metric == name)


@pytest.mark.parametrize("seed", range(3))
def test_alphas_of_scores_are_those_of_krippendorff(bench: Bench, seed: int) -> None:
    scores = scored(bench, seed)
    found = metric(measure(bench.write()), "helpfulness")
    by_prompt = np.array([scores[person] for person in PEOPLE])
    matrix = by_prompt.reshape(len(PEOPLE), -1)
    centred = (by_prompt - by_prompt.mean(axis=2, keepdims=True)).reshape(len(PEOPLE), -1)
    interval = krippendorff.alpha(matrix, level_of_measurement="interval")
    ordinal = krippendorff.alpha(matrix, value_domain=np.arange(5), level_of_measurement="ordinal")
    within = krippendorff.alpha(centred, level_of_measurement="interval")
    assert found.alpha_interval.value == pytest.approx(interval, abs=1e-6)
    assert found.alpha_ordinal.value == pytest.approx(ordinal, abs=1e-6)
    assert found.alpha_centred.value == pytest.approx(within, abs=1e-6)
    assert found.alpha_interval.n == np.sum(
        ~np.isnan(matrix) & ((~np.isnan(matrix)).sum(axis=0) > 1)
    )


def test_kappa_of_two_raters_is_that_of_scikit_learn(bench: Bench) -> None:
    scores = scored(bench, 5)
    found = measure(bench.write())
    pair = next(it for it in found.pairs if (it.one, it.other) == ("anna", "ben"))
    one, other = (np.array(scores[person]).reshape(-1) for person in ("anna", "ben"))
    both = ~np.isnan(one) & ~np.isnan(other)
    wanted = cohen_kappa_score(
        one[both].astype(int), other[both].astype(int), weights="quadratic", labels=range(5)
    )
    told = next(it for it in pair.metrics if it.metric == "helpfulness").kappa
    assert told.value == pytest.approx(wanted, abs=1e-6)
    assert told.n == both.sum()


def test_tau_b_is_that_of_scipy(bench: Bench) -> None:
    random, taus = Random(3), []
    for number in range(30):
        bench.prompt(f"q{number}", *"abcd")
        orders = [[random.randint(1, 3) for _ in "abcd"] for _ in range(2)]
        for person, order in zip(("anna", "ben"), orders, strict=True):
            places = dict(zip("abcd", order, strict=True))
            tiers = [[it for it in "abcd" if places[it] == tier] for tier in sorted(set(order))]
            bench.vote(f"q{number}", f"human:{person}", tiers=tiers)
        if all(len(set(order)) > 1 for order in orders):
            taus.append(tau_of_orders(*orders))
    (group,) = measure(bench.write()).groups
    assert group.tau_b.n == len(taus)
    assert group.tau_b.value == pytest.approx(np.mean(taus), abs=1e-6)


def test_copies_agree_wholly(bench: Bench) -> None:
    random = Random(1)
    for number in range(10):
        bench.prompt(f"q{number}", *"abc")
        scores = {answer: float(random.randint(0, 4)) for answer in "abc"}
        for person in PEOPLE:
            bench.vote(f"q{number}", f"human:{person}", scores)
    found = measure(bench.write())
    (group,) = found.groups
    assert (group.pair_agreement.value, group.pair_agreement.low) == (1, 1)
    for it in group.metrics:
        for figure in (it.alpha_centred, it.alpha_interval, it.kappa):
            assert figure.value == pytest.approx(1)


@settings(max_examples=5, phases=NO_SHRINKING, deadline=None)
@given(seed=st.integers(0, 99))
def test_figures_know_no_names_of_raters_and_no_order_of_rows(folder: Path, seed: int) -> None:
    found = []
    for names in (("anna", "ben", "cleo"), ("zoe", "ben", "carl")):
        with TemporaryDirectory(dir=folder) as root:
            bench = Bench(Path(root))
            scored(bench, seed, 10)
            renamed = dict(zip(PEOPLE, names, strict=True))
            bench.events = [
                it.model_copy(
                    update={"rater": it.rater.model_copy(update={"id": renamed[it.rater.id]})}
                )
                for it in bench.events
            ]
            if names != PEOPLE:
                Random(seed).shuffle(bench.events)
            (group,) = measure(bench.write()).groups
            found.append(group)
    assert found[0] == found[1]


def test_leniency_alone_lowers_the_plain_alpha_and_not_the_centred_one(bench: Bench) -> None:
    random = Random(2)
    for number in range(30):
        bench.prompt(f"q{number}", *"abc")
        quality = {answer: float(random.randint(0, 2)) for answer in "abc"}
        bench.vote(f"q{number}", "human:anna", quality)
        bench.vote(f"q{number}", "human:ben", {answer: it + 2 for answer, it in quality.items()})
    found = measure(bench.write())
    told = metric(found, "helpfulness")
    assert told.alpha_centred.value == pytest.approx(1)
    assert told.alpha_interval.value is not None
    assert told.alpha_interval.value < 0.1
    leniency = {it.rater: it.leniency.value for it in found.raters}
    assert leniency == {"anna": pytest.approx(-0.5), "ben": pytest.approx(0.5)}


def test_an_empty_workspace_has_no_figures(bench: Bench) -> None:
    found = measure(bench.write())
    assert (found.votes, found.groups, found.pairs, found.raters) == (0, (), (), ())
