"""From the demo to pairs: two people sign up, label in a real browser, and a build prefers them."""

from collections.abc import Iterator
from typing import Any

import pytest

from annotate.label_studio import names
from annotate.label_studio.environment import Environment
from curate.labelling.connection import managed_server
from curate.workspace import Workspace
from schemas.candidate import candidate_id_of
from tests.support.annotator import Annotator, Said
from tests.support.demo_labelling import Story, demo_for_two, tell
from tests.support.demo_script import ANN, BALLOON, BEN, CHOSEN, FILM, METRICS, SIGN, WRITTEN, YEAR

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
SAID = [*(("ann", it) for it in ANN), *(("ben", it) for it in BEN if it != FILM)]


@pytest.fixture(scope="module")
def story(
    environment: Environment, chromium: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    """It is told once, by the commands of a newcomer."""
    pytest.importorskip("av", reason="pip install av")
    assert environment.is_ready
    root = demo_for_two(tmp_path_factory.mktemp("story"))
    try:
        yield tell(chromium, root)
    finally:
        managed_server(Workspace.open(root)).stop()


def test_four_prompts_became_tasks_of_three_pages(story: Story) -> None:
    assert story.pushed["tasks_new"] == 4
    assert sorted(it["tasks_new"] for it in story.pushed["projects"]) == [1, 1, 2]


def test_each_saw_what_was_theirs_and_the_page_complained_of_nothing(story: Story) -> None:
    assert set(story.ann.seen) == set(ANN)
    assert set(story.ben.seen) == set(BEN)
    assert story.ann.labeller.complaints == story.ben.labeller.complaints == []


def test_the_film_was_really_played(story: Story) -> None:
    watched = story.ann.watched
    assert watched is not None
    assert (watched.error, watched.before) == (None, 0)
    assert watched.width > 100
    assert watched.duration == pytest.approx(4, abs=0.2)
    assert watched.after > 0.9 * watched.duration


def test_a_pull_counts_what_was_done(story: Story) -> None:
    pulled = story.pulled
    assert (pulled["events_new"], pulled["rankings"], pulled["skipped"]) == (6, 6, 1)
    assert (pulled["ratings"], pulled["written"], pulled["faults"]) == (6 * 20, 1, {})


@pytest.mark.parametrize(("who", "question"), SAID)
def test_an_event_holds_exactly_what_was_pressed_and_typed(
    story: Story, who: str, question: str
) -> None:
    person: Annotator = getattr(story, who)
    said, event = person.script[question], story.event(person, question)
    assert [it.position for it in event.answers] == [0, 1, 2, 3]
    shown = story.answers(it.candidate_id for it in event.answers)
    assert shown == person.seen[question]
    for it, text in zip(event.answers, shown, strict=True):
        assert it.scores == dict(zip(METRICS, said.scores[text], strict=True))
        assert it.rationales == ({"overall": said.reasons[text]} if text in said.reasons else {})
    assert [set(story.answers(tier)) for tier in event.tiers or ()] == tiers(said, shown)
    assert event.verdict == names.VERDICTS[said.verdict]
    assert event.flags == tuple(names.FLAG_NAMES[it] for it in said.flags)
    assert event.rationale == (said.rationale or None)
    assert (event.confirmed, event.final, event.deleted) == (True, False, False)
    assert event.supersedes is None
    assert event.rubric_id == story.workspace.rubric.rubric_id
    assert event.rubric_hash == story.workspace.rubric.rubric_hash
    assert event.usage is not None
    assert event.usage.seconds is not None
    assert 0 < event.usage.seconds < 120


def tiers(said: Said, shown: tuple[str, ...]) -> list[set[str]]:
    """The tiers of what was said, best first."""
    if said.verdict == names.RANKED:
        return [{text for text in shown if said.places[text] == place} for place in used(said)]
    return [{said.written}, set(shown)] if said.written else [set(shown)]


def used(said: Said) -> list[int]:
    """The places that were given."""
    return sorted(set(said.places.values()))


def test_a_better_answer_is_a_candidate_that_was_written(story: Story) -> None:
    prompt_id = story.event(story.ann, YEAR).prompt_id
    written = candidate_id_of(prompt_id, WRITTEN)
    (row,) = [it for it in story.rows("candidates") if it["candidate_id"] == written]
    assert (row["response"], row["prompt_id"]) == (WRITTEN, prompt_id)
    assert (row["origin"], row["source"]) == ("written", "label-studio")


def test_a_skip_is_no_event(story: Story) -> None:
    bens = [it for it in story.events if it.rater.id == story.rater(story.ben)]
    assert {story.questions[it.prompt_id] for it in bens} == {SIGN, BALLOON, YEAR}


def test_journals_do_not_say_who_a_rater_is(story: Story) -> None:
    journals = [path.read_text("utf-8") for path in story.root.glob("annotations/label-*")]
    assert "example.org" not in "".join(journals)


def test_status_says_what_is_left(story: Story) -> None:
    status = story.status
    found = {it["name"]: (it["votes"], it["skips"], it["compared"]) for it in status["raters"]}
    assert found == {story.ann.email: (3, 0, 12), story.ben.email: (3, 1, 12)}
    states = [(it["tasks"], it["done"], it["partly"], it["open"]) for it in status["projects"]]
    assert sorted(states) == [(1, 0, 1, 0), (1, 1, 0, 0), (2, 1, 1, 0)]
    assert (status["open_votes"], status["unpulled"]) == (2, 0)


@pytest.mark.parametrize("question", CHOSEN)
def test_a_build_prefers_what_people_preferred(story: Story, question: str) -> None:
    (pair,) = [it for it in story.rows("pairs") if story.questions[it["prompt_id"]] == question]
    assert (pair["level"], pair["chosen"]) == ("human", CHOSEN[question])
    assert set(pair["provenance"]) <= {it.event_id for it in story.events}
