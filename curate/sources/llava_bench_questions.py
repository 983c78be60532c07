"""The questions of a LLaVA-Bench folder and the captions of their pictures."""

from collections.abc import Mapping
from dataclasses import dataclass

from curate.sources.media import media_of
from curate.sources.record import Row, SourceRecord
from curate.sources.shaping import BadRowError, as_name, as_text, attributes_of, shown
from curate.sources.turns import prompt_turns


@dataclass(frozen=True, slots=True)
class Question:
    """A question's text as given, and its record without answers."""

    text: str | None
    record: SourceRecord


def add_caption(row: Row, captions: dict[str, str]) -> None:
    """Take in a picture's caption. Raises BadRowError for what is none."""
    image, caption = (as_text(row.values.get(name), name) for name in ("image", "caption"))
    if image is None or caption is None:
        raise BadRowError("a caption needs image and caption")
    captions[image] = caption


def add_question(row: Row, captions: Mapping[str, str], asked: dict[str, Question]) -> None:
    """Take in a question. Raises BadRowError for what is none, or a `duplicate` id."""
    values = row.values
    key = as_name(values.get("question_id"), "question_id")
    if key is None:
        raise BadRowError("the question has no question_id")
    if key in asked:
        raise BadRowError(f"question_id {shown(key)} is there before", "duplicate")
    text, image = (as_text(values.get(name), name) for name in ("text", "image"))
    found = {"category": values.get("category"), "context": captions.get(image or "")}
    record = SourceRecord(
        line=row.line,
        turns=prompt_turns(text, media_of(image, place="image")),
        key=key,
        attributes=attributes_of(found),
        file=row.file,
    )
    asked[key] = Question(text, record)


def asked_key(row: Row, asked: Mapping[str, Question]) -> str:
    """The question of a row. Raises BadRowError `mismatched_prompt` where there is none such."""
    key = as_name(row.values.get("question_id"), "question_id")
    if key is None or key not in asked:
        raise BadRowError(
            f"question_id {shown(key)} is not among the questions", "mismatched_prompt"
        )
    return key
