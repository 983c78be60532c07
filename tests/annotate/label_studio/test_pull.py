"""An annotation becomes the event of what was said, and nothing it holds makes it fail."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.label_studio import names
from annotate.label_studio.pull import Vote, event_id_of, told, vote_id_of, vote_of
from annotate.label_studio.pull_about import About, about_of
from schemas.event import Event
from tests.support.annotations import (
    annotation,
    choices,
    places,
    ranker,
    stars,
    task,
    text,
)
from tests.support.pages import RUBRICS, candidates, prompt

RUBRIC = RUBRICS["five-metric"]
ASKED = prompt("How many cups?")
TASK = task(ASKED, candidates(ASKED, "Two.", "Three.", "Four."), RUBRIC)


def about() -> About:
    found = about_of(TASK)
    assert found is not None
    return found


A, B, C = about().candidate_ids
ALL = (A, B, C)


def read(*result: Any, **changes: Any) -> Vote:
    return vote_of(about(), annotation(*result, **changes), lambda by: f"h-{by}")


def event(*result: Any, **changes: Any) -> Event:
    found = read(*result, **changes)
    assert found.event is not None
    assert found.faults == ()
    return found.event


def test_a_whole_page_is_the_event() -> None:
    scored = [
        choices(names.score(letter, metric.name), str(number))
        for number, letter in enumerate("abc")
        for metric in RUBRIC.metric
    ]
    found = event(
        *places("213"),
        *scored,
        text(names.reason("b"), "Exact.", "And short."),
        text(names.RATIONALE, "B counts <right>."),
        choices(names.FLAGS, names.UNSAFE),
    )
    assert found.tiers == ((B,), (A,), (C,))
    assert (found.verdict, found.confirmed, found.flags) == ("ranked", True, ("unsafe",))
    assert [it.candidate_id for it in found.answers] == list(ALL)
    assert [it.position for it in found.answers] == [0, 1, 2]
    assert found.answers[2].scores == {it.name: 2.0 for it in RUBRIC.metric}
    assert found.answers[1].rationales == {"overall": "Exact.\nAnd short."}
    assert found.rationale == "B counts <right>."
    assert (found.rubric_id, found.rubric_hash) == (RUBRIC.rubric_id, RUBRIC.rubric_hash)
    assert found.usage is not None
    assert found.usage.seconds == 12.5
    assert (found.rater.kind, found.rater.id) == ("human", "h-7")


def test_equal_places_are_a_tie_in_the_order() -> None:
    assert event(*places("121")).tiers == ((A, C), (B,))
    found = event(*places("222"))
    assert (found.tiers, found.verdict) == ((ALL,), "tie")


def test_the_verdict_tie_needs_no_places_and_passes_over_earlier_ones() -> None:
    for order in ("", "1", "123"):
        found = event(*places(order, names.TIE))
        assert (found.tiers, found.verdict) == ((ALL,), "tie")


def test_a_written_answer_has_its_place_in_the_tiers() -> None:
    better = read(choices(names.VERDICT, names.ALL_BAD), text(names.BETTER, "Five."))
    flawed = read(choices(names.VERDICT, names.ALL_GOOD), text(names.FLAWED, "Six."))
    assert better.written is not None
    assert better.event is not None
    assert flawed.written is not None
    assert flawed.event is not None
    assert (better.written.response, better.written.origin) == ("Five.", "written")
    assert better.event.tiers == ((better.written.candidate_id,), ALL)
    assert flawed.event.tiers == (ALL, (flawed.written.candidate_id,))
    assert (better.faults, flawed.faults) == ((), ())


@pytest.mark.parametrize(
    ("written", "fault"), [("  ", "written_missing"), ("Three.", "written_is_shown")]
)
def test_a_written_answer_that_is_none_leaves_the_verdict(written: str, fault: str) -> None:
    found = read(choices(names.VERDICT, names.ALL_BAD), text(names.BETTER, written))
    assert found.event is not None
    assert (found.event.tiers, found.event.verdict) == ((ALL,), "all_bad")
    assert (found.written, found.faults) == (None, (fault,))


def test_a_preselected_verdict_without_places_is_no_vote() -> None:
    found = read(choices(names.VERDICT, names.RANKED))
    assert (found.event, found.faults) == (None, ("empty",))


def test_a_skip_is_no_vote_and_is_told() -> None:
    found = read(*places("123"), was_cancelled=True)
    assert found == Vote(skipped=True)


def test_a_ranker_is_read_in_both_shapes() -> None:
    assert event(ranker({"ranking": ["c", "a", "b"]})).tiers == ((C,), (A,), (B,))
    found = event(ranker({"_": [], "best": ["b", "a"], "bad": ["c"], "ok": []}))
    assert (found.tiers, found.confirmed) == (((A, B), (C,)), True)
    assert event(ranker({"tier_10": ["a"], "tier_2": ["b", "c"]})).tiers == ((B, C), (A,))


def test_a_ranker_in_the_order_shown_is_not_confirmed() -> None:
    found = event(ranker({"ranking": ["a", "b", "c"]}))
    assert (found.tiers, found.confirmed) == (((A,), (B,), (C,)), False)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (["a", "b", "c"], "unreadable_ranker"),
        ({"ranking": ["a", "b"]}, "unreadable_ranker"),
        ({"ranking": ["a", "b", "b"]}, "unreadable_ranker"),
        ({"ranking": ["a", "b", {}]}, "unreadable_ranker"),
        ({"ranking": "abc"}, "unreadable_ranker"),
        ({}, "unreadable_ranker"),
        ({"_": ["a"], "best": ["b", "c"]}, "place_missing"),
        ({"superb": ["a"], "best": ["b", "c"]}, "unknown_bucket"),
    ],
)
def test_a_ranker_that_holds_no_whole_order_is_a_fault(value: object, fault: str) -> None:
    found = read(ranker(value), text(names.RATIONALE, "Why."))
    assert found.event is not None
    assert (found.event.tiers, found.faults) == (None, (fault,))


def test_stars_begin_at_the_scales_lower_end_and_none_is_unset() -> None:
    found = read(stars("score_a_helpfulness", 1), stars("score_b_helpfulness", 5))
    assert found.event is not None
    by_id = {it.candidate_id: it.scores for it in found.event.answers}
    assert (by_id[A], by_id[B]) == ({"helpfulness": 0.0}, {"helpfulness": 4.0})
    assert found.faults == ("score_missing",)
    assert read(stars("score_a_helpfulness", 0)).event is None


KEPT = choices("score_a_helpfulness", "3")


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (choices("score_b_helpfulness", "9"), "off_scale"),
        (choices("score_b_helpfulness", "-1"), "off_scale"),
        (choices("score_b_helpfulness", "1.5"), "off_scale"),
        (choices("score_b_helpfulness", "nan"), "off_scale"),
        (stars("score_b_helpfulness", 9), "off_scale"),
        (stars("score_b_helpfulness", 10**400), "off_scale"),
        (stars("score_b_helpfulness", True), "unreadable_value"),
        (choices("score_b_helpfulness", "1", "2"), "several_choices"),
        (choices("score_z_helpfulness", "1"), "unknown_control"),
        (choices("score_b_charm", "1"), "unknown_control"),
        (choices("place_h", "1"), "unknown_control"),
        (choices(names.FLAGS, "pretty"), "unknown_flag"),
        (choices(names.VERDICT, "superb"), "unknown_verdict"),
        (choices(names.place("a"), "4"), "place_unknown"),
        (choices(names.place("a"), "1"), "place_missing"),
        ({"from_name": "flags", "type": "choices", "value": {"choices": [{}]}}, "unreadable_value"),
        ({"from_name": ["flags"], "type": "choices", "value": {}}, "unreadable_value"),
        ("nothing", "unreadable_value"),
        (KEPT, "doubled_control"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(part: Any, fault: str) -> None:
    found = read(KEPT, part)
    assert found.event is not None
    assert found.event.answers[0].scores == {"helpfulness": 3.0}
    assert found.event.tiers is None
    assert fault in found.faults


@pytest.mark.parametrize("flag", names.CANNOT_RATE)
def test_what_cannot_be_rated_has_flags_and_no_vote(flag: str) -> None:
    found = event(*places("123"), text(names.RATIONALE, "?"), choices(names.FLAGS, flag))
    assert found.flags == (names.FLAG_NAMES[flag],)
    assert (found.tiers, found.verdict, found.answers, found.rationale) == (None, None, (), None)


@pytest.mark.parametrize("seconds", ["5", -1, float("nan"), float("inf"), 10**400, True, {}])
def test_an_unreadable_lead_time_is_a_fault(seconds: object) -> None:
    found = read(*places("123"), lead_time=seconds)
    assert found.event is not None
    assert (found.event.usage, found.faults) == (None, ("unreadable_lead_time",))


@pytest.mark.parametrize(
    "time",
    [
        *(None, "", "yesterday", "2026-03-04T05:06:07", 5),
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    ],
)
def test_without_a_time_there_is_no_event(time: object) -> None:
    assert read(*places("123"), updated_at=time) == Vote(faults=("unreadable_time",))


def test_an_edit_is_another_event_of_the_same_vote() -> None:
    first, edited = annotation(), annotation(updated_at="2026-03-05T00:00:00Z")
    assert vote_id_of(first) == vote_id_of(edited)
    assert event_id_of(first) == event_id_of(annotation()) != event_id_of(edited)
    assert vote_id_of(first) != vote_id_of(annotation(created_at="2026-03-05T00:00:00Z"))


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt_id": "x"},
        {"candidate_ids": [A]},
        {"candidate_ids": [A, A]},
        {"candidate_ids": [A, "../x"]},
        {"candidate_ids": [f"{number:032x}" for number in range(9)]},
        {"rubric_id": "helpfulness"},
        {"rubric_id": "helpfulness:4:0"},
        {"rubric_id": "helpfulness:0:nan"},
        {"rubric_id": "helpfulness:0:1e300"},
        {"rubric_id": None},
    ],
)
def test_a_task_with_a_spoiled_record_is_not_ours(changes: dict[str, Any]) -> None:
    record = {**TASK["data"][names.ABOUT], **changes}
    assert about_of({"data": {names.ABOUT: record}}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
CONTROLS = st.sampled_from(
    [names.VERDICT, names.FLAGS, names.RATIONALE, names.BETTER, "place_a", "score_a_helpfulness"]
)
TYPES = st.sampled_from(["choices", "textarea", "rating", "ranker", "text"])
VALUES = st.dictionaries(st.sampled_from(["choices", "text", "rating", "ranker"]), JSON)
PARTS = st.fixed_dictionaries({"from_name": CONTROLS, "type": TYPES, "value": VALUES}) | JSON


@settings(max_examples=300)
@given(st.lists(PARTS, max_size=6) | JSON, JSON, JSON)
def test_no_result_makes_it_fail(result: Any, lead_time: Any, about_json: Any) -> None:
    found = read(result=result, lead_time=lead_time)
    assert found.event is not None or found.faults
    assert about_of({"data": {names.ABOUT: about_json}}) is None


def test_ids_and_times_of_any_type_have_ids_of_their_own() -> None:
    odd: list[dict[str, Any]] = [
        {},
        {"id": "\ud800"},
        {"id": [[1]]},
        {"created_at": {"a": 1}},
        {"updated_at": "\udfff"},
    ]
    assert len({event_id_of(one) for one in odd}) == len(odd)
    assert told({"id": "a\ud800\r\n"}, "id") == "a\ufffd\n"
    assert [told({"id": value}, "id") for value in (None, 7, "x", [1])] == [
        "None",
        "7",
        "x",
        "list",
    ]
    assert read(*places("123"), id="\ud800", created_at="\ud800").event is not None
