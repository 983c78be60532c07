"""A vote in words: what was said and nothing else, and nothing of it is more than text."""

from typing import Any

from annotate.label_studio import names
from annotate.label_studio.pull import vote_of
from annotate.label_studio.pull_about import About, about_of
from annotate.label_studio.review_words import vote_words
from schemas.event import Event
from tests.support import hostile
from tests.support.annotations import annotation, choices, places, task, text
from tests.support.pages import RUBRICS, candidates, prompt

RUBRIC = RUBRICS["five-metric"]
ASKED = prompt("How many cups?")
TASK = task(ASKED, candidates(ASKED, "Two.", "Three.", "Four."), RUBRIC)


def about() -> About:
    found = about_of(TASK)
    assert found is not None
    return found


def words(*result: Any, written: str | None = None) -> dict[str, str]:
    """The words of a vote given by these controls."""
    found = vote_of(about(), annotation(*result), str).event
    assert found is not None
    return vote_words(found, about(), RUBRIC, written)


def test_an_order_is_told_by_the_letters_on_the_page() -> None:
    found = words(*places("212"), text(names.RATIONALE, "B counts."))
    assert "Order:</i> B, then A = C" in found[names.VOTE]
    assert "Why:</i> B counts." in found[names.VOTE]
    assert "Place:</i> 1" in found[names.said("b")]
    assert "Place:</i> 2" in found[names.said("c")]


def test_scores_have_their_words_under_the_mouse() -> None:
    found = words(choices(names.score("a", "correctness"), "2"), text(names.reason("a"), "Half."))
    assert "Correctness <b>2</b>" in found[names.said("a")]
    assert 'title="2: right and wrong in about equal parts"' in found[names.said("a")]
    assert "Why:</i> Half." in found[names.said("a")]
    assert "nothing" in found[names.said("b")]


def test_a_verdict_flags_and_what_was_written_are_told() -> None:
    bad = choices(names.VERDICT, names.ALL_BAD)
    found = words(bad, choices(names.FLAGS, names.UNSAFE), written="There are five.")
    assert "Verdict:</i> all bad" in found[names.VOTE]
    assert "Written:</i> There are five." in found[names.VOTE]
    assert "Flags:</i> unsafe" in found[names.VOTE]
    assert "Order" not in found[names.VOTE]


def test_scores_of_metrics_that_the_rubric_lacks_are_told_by_name() -> None:
    scores = {"char<m": 3.5}
    answers = [{"candidate_id": about().candidate_ids[0], "scores": scores}]
    event = {"event_id": "1" * 32, "at": "2026-01-02T03:04:05Z", "prompt_id": "2" * 32}
    vote = Event.model_validate(
        {**event, "rater": {"kind": "human", "id": "h"}, "rubric_id": "x:0:9", "answers": answers}
    )
    found = vote_words(vote, about(), RUBRIC)
    assert "char&lt;m <b>3.5</b>" in found[names.said("a")]


def test_what_raters_wrote_is_text() -> None:
    for written in hostile.texts():
        given = [text(names.RATIONALE, written), text(names.reason("a"), written)]
        for said in words(*places("123"), *given, written=written).values():
            assert "<script" not in said
            assert "<img" not in said
            assert "\n" not in said
