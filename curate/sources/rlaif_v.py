"""RLAIF-V: a picture, a question, and one answer that models' feedback put over another."""

from collections.abc import Mapping
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import has_texts, most_rows
from curate.sources.media import media_of
from curate.sources.pairs import pair_of, pair_record
from curate.sources.record import Row, SourceRecord
from curate.sources.shaping import as_name, as_text, attributes_of, shaped
from curate.sources.turns import prompt_turns

RATER = "rlaif-v"
IMAGES = ("image", "image_path")


def matches(source: SourceInput) -> bool:
    """Whether most first rows are a question with two texts and a picture."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, record_of)


def record_of(row: Row) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    image = values.get("image_path") if values.get("image") is None else values["image"]
    question = as_text(values.get("question"), "question")
    return pair_record(
        row,
        prompt_turns(question, media_of(image, place="image")),
        pair_of(values.get("chosen"), values.get("rejected")),
        rater=RATER,
        key=as_name(values.get("idx"), "idx"),
        attributes=attributes_of({"origin": values.get("origin_dataset")}),
    )


def _fits(head: Mapping[str, Any]) -> bool:
    texts = has_texts(head, "question", "chosen", "rejected")
    return texts and any(column in head for column in IMAGES)


LAYOUT = Layout(
    name="rlaif-v",
    about="RLAIF-V: question, chosen, rejected and a picture",
    matches=matches,
    read=read,
)
