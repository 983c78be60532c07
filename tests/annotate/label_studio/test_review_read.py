"""An expert's page becomes a word on a vote, and an adjudicator's a vote that decides alone."""

from typing import Any

import pytest

from annotate.label_studio import names
from annotate.label_studio.pull import Vote, vote_of
from annotate.label_studio.pull_about import About, about_of
from tests.support.annotations import annotation, choices, places, text
from tests.support.pages import RUBRICS

VOTE, RATER, EXPERT = "e" * 32, "h-0123456789ab", "h-7"
ABOUT = {
    "prompt_id": "1" * 32,
    "candidate_ids": ["a" * 32, "b" * 32],
    "rubric_id": RUBRICS["five-metric"].rubric_id,
    "rubric_hash": RUBRICS["five-metric"].rubric_hash,
}


def about(**more: Any) -> About:
    found = about_of({"data": {names.ABOUT: {**ABOUT, **more}}})
    assert found is not None
    return found


def read(*result: Any, **more: Any) -> Vote:
    """What user 7, whose pseudonym is h-7, said."""
    return vote_of(about(**more), annotation(*result), lambda by: f"h-{by}")


def reviewed(*result: Any, rater: str = RATER) -> Vote:
    return read(*result, purpose="review", reviews=VOTE, rater=rater)


def test_an_accepted_vote_is_an_event_about_it() -> None:
    found = reviewed(choices(names.REVIEW, names.ACCEPT), text(names.REMARK, "Well seen."))
    assert found.faults == ()
    assert found.event is not None
    assert (found.event.reviews, found.event.flags) == (VOTE, ("accepted",))
    assert found.event.rationale == "Well seen."
    assert (found.event.answers, found.event.tiers, found.event.verdict) == ((), None, None)


def test_a_returned_vote_has_the_note() -> None:
    found = reviewed(choices(names.REVIEW, names.RETURN), text(names.NOTE, "Look <again>."))
    assert found.event is not None
    assert (found.event.flags, found.event.rationale) == (("returned",), "Look <again>.")


@pytest.mark.parametrize(
    ("result", "fault"),
    [
        ([], "review_missing"),
        ([choices(names.REVIEW, "burn")], "unknown_review"),
        ([choices(names.REVIEW, names.ACCEPT, names.RETURN)], "several_choices"),
        ([choices(names.REVIEW, names.RETURN)], "note_missing"),
        ([choices(names.REVIEW, names.RETURN), text(names.NOTE, " ")], "note_missing"),
    ],
    ids=["nothing", "unknown", "both", "no note", "blank note"],
)
def test_what_cannot_be_carried_out_is_no_event(result: list[Any], fault: str) -> None:
    found = reviewed(*result)
    assert found.event is None
    assert fault in found.faults


def test_nobody_reviews_votes_of_their_own() -> None:
    found = reviewed(choices(names.REVIEW, names.ACCEPT), rater=EXPERT)
    assert (found.event, found.faults) == (None, ("own_vote",))


def test_a_skipped_review_is_a_skip() -> None:
    skip = annotation(was_cancelled=True)
    found = vote_of(about(purpose="review", reviews=VOTE, rater=RATER), skip, str)
    assert found == Vote(skipped=True)


def test_a_review_of_no_vote_was_not_pushed() -> None:
    data = {names.ABOUT: {**ABOUT, "purpose": "review"}}
    assert about_of({"data": data}) is None


def test_the_named_expert_decides_alone() -> None:
    found = read(*places("21"), purpose="adjudication", expert=EXPERT)
    assert found.event is not None
    assert (found.event.final, found.faults) == (True, ())


def test_somebody_elses_vote_on_an_adjudication_is_an_ordinary_one() -> None:
    found = read(*places("21"), purpose="adjudication", expert=RATER)
    assert found.event is not None
    assert (found.event.final, found.faults) == (False, ("not_the_expert",))


def test_ordinary_work_is_never_final() -> None:
    found = read(*places("21"), expert=EXPERT)
    assert found.event is not None
    assert not found.event.final
