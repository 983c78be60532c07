"""DESIGN 5.6: delta is a reward difference and no sum of ratings; null where none is known."""

from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from curate.build import BuildReport
from schemas.candidate import Medium
from schemas.counted import counted
from schemas.errors import ConfigError
from schemas.event import Failure
from schemas.reward import RewardReport
from tests.support.workspaces import NOW, REWARD, Bench, five, only, rows

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
AGAIN = "curate align reward --folds 5, then curate align score"


@pytest.fixture
def pair(bench: Bench) -> Bench:
    """One pair by a person: a over b."""
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(12), "b": five(0)}, tiers=[["a"], ["b"]])
    return bench


def picture(name: str) -> Medium:
    """A picture whose bytes are this name."""
    digest = name.encode().hex().ljust(64, "0")
    return Medium(kind="image", sha256=digest, file=f"{digest}.png", path=f"{name}.png")


def delta(report: BuildReport) -> tuple[float | None, str | None]:
    row = only(report)
    return row["delta"], row["delta_source"]


def test_delta_is_null_without_a_reward_model_or_a_calibration(pair: Bench) -> None:
    report = pair.build()
    assert (only(report)["margin_raw"], *delta(report)) == (12, None, None)
    assert report.manifest.rewards == RewardReport()


@pytest.mark.parametrize(("a", "b", "wanted"), [(2.5, 0.25, 2.25), (-1, 0.5, -1.5), (1, 1, 0)])
def test_delta_is_the_reward_of_the_chosen_less_that_of_the_rejected(
    pair: Bench, a: float, b: float, wanted: float
) -> None:
    """Where people decided otherwise than the model it is negative."""
    pair.reward("q", {"a": a, "b": b})
    report = pair.build()
    assert delta(report) == (wanted, "reward_model")
    assert report.manifest.rewards == RewardReport(rater="rm", version="v1", events=1, pairs=1)
    assert report.manifest.warnings == ()


def test_differences_are_taken_within_one_event_and_averaged(pair: Bench) -> None:
    """1 and 4, mean 2.5; two events with one answer each are never subtracted."""
    pair.reward("q", {"a": 2, "b": 1})
    pair.reward("q", {"a": 1, "b": -3})
    pair.reward("q", {"a": 100})
    pair.reward("q", {"b": 0})
    assert delta(pair.build()) == (2.5, "reward_model")


def test_answers_in_two_events_have_no_difference(pair: Bench) -> None:
    pair.reward("q", {"a": 2})
    pair.reward("q", {"b": 1})
    report = pair.build()
    assert delta(report) == (None, None)
    assert (report.manifest.rewards.pairs, report.manifest.rewards.refused) == (0, {})


@pytest.mark.parametrize(
    ("flags", "reason", "words"),
    [
        (("in_sample",), "in_sample", "trained on the pair's component"),
        (("cross_fitted", "in_sample"), "in_sample", "trained on the pair's component"),
        ((), "unflagged", "does not say whether it trained"),
        (("other",), "unflagged", "does not say whether it trained"),
    ],
)
def test_what_is_not_cross_fitted_is_refused_and_told(
    pair: Bench, flags: tuple[str, ...], reason: str, words: str
) -> None:
    pair.reward("q", {"a": 2, "b": 1}, flags=flags)
    report = pair.build()
    assert delta(report) == (None, None)
    assert report.manifest.rewards == RewardReport(events=1, refused={reason: 1})
    (warning,) = report.manifest.warnings
    assert warning.startswith(f"1 pair has no delta by a reward model ({reason})")
    assert words in warning
    assert warning.endswith(AGAIN)


def test_a_pair_that_has_a_delta_is_not_told_of(pair: Bench) -> None:
    pair.reward("q", {"a": 9, "b": 1}, flags=("in_sample",))
    pair.reward("q", {"a": 2, "b": 1})
    report = pair.build()
    assert delta(report) == (1, "reward_model")
    assert (report.manifest.rewards.refused, report.manifest.warnings) == ({}, ())


def test_a_sum_of_ratings_is_never_a_delta(pair: Bench) -> None:
    """A reward model that scored by the rubric gave no reward."""
    scores = {"a": five(12), "b": five(0)}
    pair.vote("q", "reward_model:rm", scores, flags=("cross_fitted",))
    report = pair.build()
    assert delta(report) == (None, None)
    assert report.manifest.rewards.faults == {"no_reward": 2}


def test_an_answer_that_the_model_could_not_score_is_no_fault(pair: Bench) -> None:
    pair.vote(
        "q",
        "reward_model:rm",
        {"a": {"reward": 1.0}, "b": {}},
        rubric_id=REWARD,
        flags=("cross_fitted",),
    )
    report = pair.build()
    assert delta(report) == (None, None)
    assert (report.manifest.rewards.faults, report.manifest.warnings) == ({}, ())


@pytest.mark.parametrize(
    ("rewards", "rubric_id", "faults"),
    [
        ({"a": 1000.5, "b": 1}, "reward:-1000:1000", {"out_of_scale": 1}),
        ({"a": 1, "b": 0}, "reward:high:low", {"out_of_scale": 2}),
        ({"a": 1, "b": 0}, "other:0:1", {"out_of_scale": 2}),
        ({"a": 1, "nowhere": 0}, "reward:-1000:1000", {"mismatched_prompt": 1}),
    ],
)
def test_a_reward_that_cannot_count_is_counted(
    pair: Bench, rewards: dict[str, float], rubric_id: str, faults: dict[str, int]
) -> None:
    pair.reward("q", rewards, rubric_id=rubric_id)
    report = pair.build()
    assert delta(report) == (None, None)
    assert report.manifest.rewards.faults == faults
    assert report.manifest.warnings[0].startswith(
        f"{counted(sum(faults.values()), 'score')} of reward models cannot count"
    )
    assert rows(report, "dropped") == []


def test_a_reward_on_a_prompt_that_no_pull_has_is_counted(pair: Bench) -> None:
    pair.reward("q", {"a": 1, "b": 0}, prompt_id="0" * 32)
    report = pair.build()
    assert report.manifest.rewards == RewardReport(faults={"mismatched_prompt": 1})
    assert report.manifest.warnings == (
        "1 score of reward models cannot count: mismatched_prompt 1",
    )


def test_what_was_superseded_deleted_or_failed_gives_nothing(pair: Bench) -> None:
    first = pair.reward("q", {"a": 9, "b": 0})
    pair.reward("q", {"a": 2, "b": 0}, supersedes=first.event_id)
    pair.reward("q", {"a": 7, "b": 0}, deleted=True)
    pair.reward("q", {}, failure=Failure(reason="truncated"), rubric_id=None)
    pair.events.append(pair.events[-3])
    assert delta(pair.build()) == (2, "reward_model")


def test_the_newest_version_of_the_model_speaks_alone(pair: Bench) -> None:
    """Each training has a scale of its own, so versions are never averaged."""
    pair.prompt("old", "c", "d")
    pair.vote("old", scores={"c": five(12), "d": five(0)})
    pair.reward("q", {"a": 2, "b": 0}, version="new", at=NOW + timedelta(days=1))
    pair.reward("q", {"a": 50, "b": 0}, version="older")
    pair.reward("old", {"c": 60, "d": 0}, version="older")
    pair.reward("old", {"c": 70, "d": 0}, version="newest", flags=(), at=NOW + timedelta(days=9))
    report = pair.build()
    found = {row["chosen"]: row["delta"] for row in rows(report, "pairs")}
    assert found == {"a": 2, "c": None}
    about = report.manifest.rewards
    assert (about.version, about.pairs, about.refused) == ("new", 1, {"other_version": 1})
    assert "has a newer version" in report.manifest.warnings[0]


def test_of_several_reward_models_one_has_to_be_named(pair: Bench) -> None:
    pair.reward("q", {"a": 2, "b": 0}, "one")
    pair.reward("q", {"a": 7, "b": 0}, "other")
    with pytest.raises(ConfigError, match=r"2 reward models have scored \('one', 'other'\)"):
        pair.build()
    report = pair.build("score.reward_model=other")
    assert delta(report) == (7, "reward_model")
    assert report.manifest.rewards.rater == "other"


def test_a_model_that_is_only_graded_need_not_be_named_apart(pair: Bench) -> None:
    pair.reward("q", {"a": 2, "b": 0}, "one")
    pair.reward("q", {"a": 7, "b": 0}, "other", flags=("in_sample",))
    assert delta(pair.build()) == (2, "reward_model")


def test_a_pair_of_another_model_alone_has_no_delta(pair: Bench) -> None:
    pair.prompt("p", "c", "d")
    pair.vote("p", scores={"c": five(12), "d": five(0)})
    pair.reward("q", {"a": 2, "b": 0}, "one")
    pair.reward("p", {"c": 7, "d": 0}, "other")
    report = pair.build("score.reward_model=one")
    assert report.manifest.rewards.refused == {"other_model": 1}
    assert report.manifest.warnings == ()


def test_a_mistyped_model_is_told_of(pair: Bench) -> None:
    pair.reward("q", {"a": 2, "b": 0}, "reward-7b")
    with pytest.raises(ConfigError, match=r"'rewrd-7b'.*did you mean 'reward-7b'"):
        pair.build("score.reward_model=rewrd-7b")


def test_a_model_that_has_yet_to_score_is_waited_for(pair: Bench) -> None:
    report = pair.build("score.reward_model=soon")
    assert delta(report) == (None, None)
    (warning,) = report.manifest.warnings
    assert warning.startswith("[score] reward_model = 'soon' has scored nothing")
    assert warning.endswith("run: curate align score")


def test_an_answer_speaks_before_its_copy_and_the_copy_where_it_is_silent(bench: Bench) -> None:
    bench.prompt("q", "a", "a ", "b")
    bench.vote("q", scores={"a": five(12), "b": five(0)})
    kept = only(bench.build())["chosen"]
    copy = {"a": "a ", "a ": "a"}[kept]
    bench.reward("q", {copy: 5, "b": 0})
    assert delta(bench.build()) == (5, "reward_model")
    bench.events.pop()
    bench.reward("q", {copy: 5, kept: 3, "b": 0})
    report = bench.build()
    assert delta(report) == (3, "reward_model")
    assert len(rows(report, "dropped")) == 1, "a model that tells copies apart keeps none"


def scored_pairs(bench: Bench, *components: str) -> None:
    """A pair a over b on a prompt each, all on one picture, scored as part of these components."""
    media = [picture("shared")]
    for number, component in enumerate(components):
        bench.prompt(f"q{number}", "a", "b", media=media)
        bench.vote(f"q{number}", scores={"a": five(12), "b": five(0)})
        flags = ("cross_fitted", *([f"component:{component}"] if component else []))
        bench.reward(f"q{number}", {"a": 1, "b": 0}, flags=flags)


@pytest.mark.parametrize(
    ("components", "n_deltas"),
    [
        (("1" * 32, "1" * 32), 2),
        (("1" * 32, "2" * 32), 0),
        (("1" * 32, ""), 2),
        (("", ""), 2),
    ],
)
def test_a_claim_for_components_that_were_joined_since_does_not_hold(
    bench: Bench, components: tuple[str, ...], n_deltas: int
) -> None:
    """Both prompts show one picture, so what was cross-fitted apart has been trained on."""
    scored_pairs(bench, *components)
    report = bench.build()
    assert sum(row["delta"] is not None for row in rows(report, "pairs")) == n_deltas
    wanted = {} if n_deltas else {"regrouped": 2}
    assert report.manifest.rewards.refused == wanted
    told = [text for text in report.manifest.warnings if "have been joined since" in text]
    assert len(told) == len(wanted)


def test_components_that_stay_apart_keep_their_claims(bench: Bench) -> None:
    scored_pairs(bench, "1" * 32, "2" * 32)
    report = bench.build("split.group_by=prompt")
    assert {row["delta"] for row in rows(report, "pairs")} == {1}


REWARDS = st.lists(
    st.dictionaries(
        st.sampled_from("ab"), st.floats(-1000, 1000, allow_nan=False).map(lambda it: round(it, 6))
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=3, phases=NO_SHRINKING)
@given(questions=st.lists(REWARDS, min_size=4, max_size=6), seed=st.integers(0, 2**16))
def test_swapping_the_answers_turns_the_sign_and_the_order_of_events_nothing(
    tmp_path_factory: pytest.TempPathFactory, questions: list[list[dict[str, float]]], seed: int
) -> None:
    with TemporaryDirectory(dir=tmp_path_factory.getbasetemp()) as root:
        bench = Bench(Path(root))
        for number, events in enumerate(questions):
            for best, other in ("ab", "ba"):
                text = f"{number}{best}"
                bench.prompt(text, "a", "b")
                bench.vote(text, tiers=[[best], [other]])
                for rewards in events:
                    bench.reward(text, rewards)
        found = _deltas(bench.build())
        for number, events in enumerate(questions):
            delta, swapped = found[f"{number}a"], found[f"{number}b"]
            both = [it["a"] - it["b"] for it in events if len(it) == 2]
            if both:
                assert float(delta) == pytest.approx(sum(both) / len(both), abs=1e-6)
                assert swapped == -delta
            else:
                assert (delta, swapped) == (None, None)
        Random(seed).shuffle(bench.events)
        assert _deltas(bench.build()) == found


def _deltas(report: BuildReport) -> dict[str, Any]:
    return {row["messages"][0]["parts"][-1]["text"]: row["delta"] for row in rows(report, "pairs")}
