"""What a labelling server hands back: an annotation is an event, a review, or named faults."""

from collections.abc import Callable
from typing import Any

from annotate import journal
from annotate.label_studio import names
from annotate.label_studio.pull import vote_of
from annotate.label_studio.pull_about import About, about_of
from annotate.label_studio.review_return import with_note
from annotate.label_studio.review_task import Reviewable, review_data
from annotate.label_studio.review_words import vote_words
from annotate.label_studio.safe_text import as_html, as_markdown, as_words, storable
from curate.labelling.pull_change import entry_of, number_of
from schemas.candidate import Candidate
from schemas.event import Event
from tests.fuzz.laws import holds, is_storable
from tests.fuzz.tables import fits_a_table
from tests.fuzz.values import Reader
from tests.fuzz.words import WORDS
from tests.support.annotations import AT, annotation, task
from tests.support.pages import RUBRICS, candidates, prompt

ASKED = prompt("How many cups?")
TASKS = {
    name: task(ASKED, candidates(ASKED, "Two.", "Three.", "Four."), rubric)
    for name, rubric in RUBRICS.items()
}
REVIEW = {"purpose": "review", "reviews": "0" * 32, "rater": "h-other"}


def vote(data: bytes) -> None:
    """The result of a task of ours: a vote on the page's scales, or nothing."""
    reader = Reader(data, WORDS["annotation"])
    rubric = reader.one_of(tuple(TASKS))
    about = about_of(TASKS[rubric])
    holds(about is not None)
    if about is not None:
        _read(about, annotation(*_list(reader.value())), rubric)


def submission(data: bytes) -> None:
    """A whole annotation of a whole task, both of which anybody with a key may have written."""
    reader = Reader(data, WORDS["annotation"])
    record, given = reader.value(), reader.value()
    plain = TASKS["mm-rlhf"]["data"][names.ABOUT]
    about = about_of({"data": {names.ABOUT: {**plain, **_dict(record)}}})
    made = {**annotation(), **_dict(given)}
    entry = entry_of("1@x", number_of(_dict(record)), made, None)
    is_storable(entry.version + entry.vote_id)
    holds(0 <= entry.number < 2**63 and 0 <= entry.task < 2**63, entry)
    if about is not None:
        _read(about, made, "mm-rlhf")


def review(data: bytes) -> None:
    """The word of an expert on a vote, which is never a vote."""
    reader = Reader(data, WORDS["annotation"])
    plain = TASKS["mm-rlhf"]["data"][names.ABOUT]
    about = about_of({"data": {names.ABOUT: {**plain, **REVIEW}}})
    holds(about is not None)
    if about is not None:
        _read(about, annotation(*_list(reader.value())), "mm-rlhf")


def page_text(data: bytes) -> None:
    """Text of others on the page opens no tag, no link and no variable."""
    text = data.decode("utf-8", "surrogateescape")
    for made in (storable(text), as_html(text), as_markdown(text), as_words(text)):
        is_storable(made)
        holds("\0" not in made and "\r" not in made)
    holds(not {"<", ">", '"', "\n"} & set(as_html(text).replace("<br>", "")))
    noted = with_note(TASKS["mm-rlhf"]["data"], "0" * 32, text)
    holds(noted[names.ABOUT]["returned"] == ["0" * 32])


class _Task:
    """A task as the SDK gives it."""

    def __init__(self, data: Any, annotations: list[Any]) -> None:
        self.data, self.annotations = data, annotations


def _read(about: About, given: dict[str, Any], rubric: str) -> None:
    found = vote_of(about, given, lambda by: f"h-{len(str(by))}")
    holds(all(isinstance(fault, str) for fault in found.faults))
    if found.event is None:
        return
    _is_of_the_task(found.event, found.written, about)
    words = vote_words(found.event, about, RUBRICS[rubric])
    holds(set(words) == {names.VOTE, *map(names.said, about.letters)})
    pulled = Reviewable("1" * 32, "h-1", 5, "2" * 32, AT)
    review_data(_Task(TASKS[rubric]["data"], [given]), pulled, RUBRICS[rubric])


def _is_of_the_task(event: Event, written: Candidate | None, about: About) -> None:
    known = {*about.candidate_ids, *([written.candidate_id] if written else [])}
    for answer in event.answers:
        holds(answer.candidate_id in known)
        for metric, score in answer.scores.items():
            low, high = about.scales[metric]
            holds(low <= score <= high and score == int(score), (metric, score))
    placed = [it for tier in event.tiers or () for it in tier]
    holds(not placed or set(placed) == known, placed)
    holds(not event.reviews or not placed)
    holds(Event.model_validate_json(journal.line_of(event)) == event)
    fits_a_table([event], Event)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


TARGETS: dict[str, Callable[[bytes], None]] = {
    "vote": vote,
    "submission": submission,
    "review": review,
    "page_text": page_text,
}
