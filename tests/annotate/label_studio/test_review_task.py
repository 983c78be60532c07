"""A vote under review is shown with its own task's data, and only as it was pulled."""

from types import SimpleNamespace
from typing import Any

import pytest

from annotate.label_studio import names
from annotate.label_studio.pull import vote_id_of
from annotate.label_studio.review_return import with_note
from annotate.label_studio.review_task import Reviewable, review_data
from annotate.label_studio.shape import MANY, Shape
from tests.support.annotations import AT, annotation, choices, places, task, text
from tests.support.pages import RUBRICS, candidates, medium, prompt, turn

RUBRIC = RUBRICS["five-metric"]
VOTED = annotation(*places("21"), text(names.RATIONALE, "A is <b>wrong</b>."))
VOTE = Reviewable("e" * 32, "h-1", 5, vote_id_of(VOTED), AT)


def asked(pictures: int = 0, vote: dict[str, Any] = VOTED) -> Any:
    """A task with one vote, as the SDK gives it."""
    media = [medium(number) for number in range(pictures)]
    question = prompt(turn("user", *range(pictures), "How many cups?"), media=media)
    return SimpleNamespace(**task(question, candidates(question, "Two.", "Three."), RUBRIC, vote))


@pytest.mark.parametrize("pictures", [0, 2, MANY])
def test_a_review_shows_what_the_rater_saw(pictures: int) -> None:
    seen = asked(pictures)
    made = review_data(seen, VOTE, RUBRIC)
    assert made is not None
    shape, data = made
    assert shape == Shape(answers=2, pictures=pictures)
    same = seen.data.keys() - {names.ABOUT}
    assert {name: data[name] for name in same} == {name: seen.data[name] for name in same}
    assert "&lt;b&gt;wrong" in data[names.VOTE]


def test_a_review_records_the_vote_and_not_who_gave_it_by_name() -> None:
    made = review_data(asked(), VOTE, RUBRIC)
    assert made is not None
    about = made[1][names.ABOUT]
    assert (about["purpose"], about["reviews"], about["rater"]) == ("review", "e" * 32, "h-1")
    assert (about["task"], about["version"]) == (5, AT)


def test_the_answer_that_was_written_is_shown() -> None:
    wrote = annotation(choices(names.VERDICT, names.ALL_BAD), text(names.BETTER, "Five."))
    made = review_data(asked(vote=wrote), VOTE, RUBRIC)
    assert made is not None
    assert "Written:</i> Five." in made[1][names.VOTE]


@pytest.mark.parametrize(
    "changes",
    [{"id": 2}, {"updated_at": "2026-03-05T00:00:00Z"}, {"was_cancelled": True}, {"result": 7}],
    ids=["another", "edited", "skipped", "spoiled"],
)
def test_a_vote_that_is_not_as_it_was_pulled_is_not_shown(changes: dict[str, Any]) -> None:
    assert review_data(asked(vote={**VOTED, **changes}), VOTE, RUBRIC) is None


@pytest.mark.parametrize("field", [names.ABOUT, "conversation", names.answer("b")])
def test_a_task_that_was_spoiled_is_not_shown(field: str) -> None:
    spoiled = asked()
    del spoiled.data[field]
    assert review_data(spoiled, VOTE, RUBRIC) is None


def test_a_note_is_text_above_the_conversation_and_is_recorded() -> None:
    before = asked().data
    noted = with_note(with_note(before, "1" * 32, "<i>Look</i>\n\n# again"), "2" * 32, "Once more")
    assert "&lt;i&gt;Look&lt;/i&gt;<br><br># again" in noted["conversation"]
    assert noted["conversation"].index("Once more") < noted["conversation"].index("Look")
    assert noted["conversation"].endswith(before["conversation"])
    assert noted[names.ABOUT]["returned"] == ["1" * 32, "2" * 32]
    assert before[names.ABOUT] == {k: v for k, v in noted[names.ABOUT].items() if k != "returned"}
