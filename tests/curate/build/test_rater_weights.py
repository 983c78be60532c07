"""`[score] rater_weights = "reliability"` against the oracle, with fractions for weights."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.curate.build.test_oracle import assert_same, dropped, expected, said, told
from tests.support.random_votes import METRICS, fill, settings_of
from tests.support.workspaces import Bench, outcome, rows

ASKED = "score.rater_weights=reliability"
PEOPLE = {"anna": 0.05, "ben": 0.3, "cleo": 0.6, "dora": 0.1}
"""How often each scores an answer at random."""


def crowd(bench: Bench, random: Random, prompts: int) -> None:
    """Prompts with three answers that three of four people scored, some better than others."""
    for number in range(prompts):
        prompt = f"crowd {number}"
        bench.prompt(prompt, *"abc")
        for person in random.sample(list(PEOPLE), 3):
            scores = {
                answer: random.randint(0, 2) if random.random() < PEOPLE[person] else place
                for place, answer in enumerate("abc")
            }
            bench.vote(
                prompt,
                f"human:{person}",
                {answer: dict.fromkeys(METRICS, float(it)) for answer, it in scores.items()},
            )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weights")


@settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_weighted_pairs_are_those_of_the_oracle(folder: Path, seed: int) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, random = Bench(Path(root)), Random(seed)
        fill(bench, random, prompts=20)
        crowd(bench, random, 25)
        overrides, rules = settings_of(random)
        report = bench.build(*overrides, "pairs.policy=all-ranked", ASKED)
        weights = report.manifest.rater_weights
        assert set(weights) == set(PEOPLE)
        rules = replace(rules, rater_weights={it: Fraction(str(w)) for it, w in weights.items()})
        results = [result for found in expected(bench, rules).values() for result in found]
        for table, reason in (("pairs", None), ("ties", "tie")):
            assert_same(
                [told(row) for row in rows(report, table)],
                [said(result) for result in results if result.reason == reason],
            )
        assert dropped(report) == {
            (result.reason, frozenset({result.chosen, result.rejected}))
            for result in results
            if result.reason not in (None, "tie")
        }


def test_a_careful_rater_outweighs_two_careless_ones_that_say_the_opposite(bench: Bench) -> None:
    random = Random(1)
    for number in range(60):
        prompt = f"q{number}"
        bench.prompt(prompt, "good", "bad")
        for person, share in {"anna": 0.0, "ben": 0.0, "cleo": 0.9, "dora": 0.9}.items():
            turned = random.random() < share / 2
            bench.vote(prompt, f"human:{person}", {"good": 1 if turned else 3, "bad": 2})
    bench.prompt("last", "good", "bad")
    for person, score in {"anna": 3, "cleo": 1, "dora": 1}.items():
        bench.vote("last", f"human:{person}", {"good": score, "bad": 2})
    last = bench.prompts["last"].prompt_id
    counted, weighed = (
        next(row for row in rows(report, "pairs") if row["prompt_id"] == last)
        for report in (bench.build("pairs.min_margin=0"), bench.build("pairs.min_margin=0", ASKED))
    )
    assert (counted["chosen"], weighed["chosen"]) == ("bad", "good")
    assert weighed["n_raters"] == 3


def test_weights_are_one_and_the_build_warns_where_votes_are_too_few(bench: Bench) -> None:
    for number in range(19):
        bench.prompt(f"q{number}", "a", "b")
        for person in ("anna", "ben", "cleo"):
            bench.vote(f"q{number}", f"human:{person}", {"a": 3, "b": 1})
    plain, asked = bench.build(), bench.build(ASKED)
    assert asked.manifest.rater_weights == {}
    assert "all weights are 1" in asked.manifest.warnings[0]
    assert plain.manifest.warnings == ()
    assert outcome(asked) == outcome(plain)


def test_judges_and_final_votes_keep_the_weight_one(bench: Bench) -> None:
    for number in range(30):
        bench.prompt(f"q{number}", "a", "b")
        for person in ("anna", "ben", "cleo"):
            bench.vote(f"q{number}", f"human:{person}", {"a": 3, "b": 1})
        bench.vote(f"q{number}", "judge:j", {"a": 1, "b": 3})
    bench.vote("q0", "human:boss", {"a": 0, "b": 4}, final=True)
    report = bench.build(ASKED)
    assert report.manifest.rater_weights == {"anna": 1.0, "ben": 1.0, "cleo": 1.0}
    assert ("b", "a") in outcome(report)
