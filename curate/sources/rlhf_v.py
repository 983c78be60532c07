"""RLHF-V: a picture, and in `text` the JSON of a question, a corrected answer and the original.

People corrected the original answer piece by piece, so the chosen one is `written` and the
comparison is a person's.
"""

import json
from collections.abc import Mapping
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import most_rows
from curate.sources.media import media_of
from curate.sources.pairs import pair_of, pair_record
from curate.sources.record import Row, SourceRecord
from curate.sources.shaping import (
    BadRowError,
    as_name,
    as_text,
    attributes_of,
    shaped,
    shown,
    wrong_type,
)
from curate.sources.turns import prompt_turns

RATER = "rlhf-v"
PAIR = ("question", "chosen", "rejected")
ATTRIBUTES: Mapping[str, str] = {"origin": "origin_dataset", "origin_split": "origin_split"}


def matches(source: SourceInput) -> bool:
    """Whether most first rows hold a comparison as JSON text."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, record_of)


def record_of(row: Row) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    image = values.get("image_path") if values.get("image") is None else values["image"]
    pair = _pair(values.get("text"))
    return pair_record(
        row,
        prompt_turns(as_text(pair.get("question"), "question"), media_of(image, place="image")),
        pair_of(pair.get("chosen"), pair.get("rejected"), chosen_origin="written"),
        rater=RATER,
        kind="human",
        key=as_name(values.get("idx"), "idx"),
        attributes=attributes_of({name: values.get(key) for name, key in ATTRIBUTES.items()}),
    )


def _pair(text: Any) -> Mapping[str, Any]:
    """The comparison in the JSON of `text`; some exports hold the object itself."""
    if isinstance(text, Mapping):
        return text
    if not isinstance(text, str):
        raise wrong_type(text, "text", "the JSON of a comparison")
    try:
        pair = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRowError(f"text is no JSON: {shown(text)}", "bad_json") from error
    if not isinstance(pair, Mapping):
        raise wrong_type(pair, "text", "the JSON of an object")
    return pair


def _fits(head: Mapping[str, Any]) -> bool:
    if "chosen" in head or "rejected" in head:
        return False
    try:
        return set(PAIR) <= set(_pair(head.get("text")))
    except BadRowError:
        return False


LAYOUT = Layout(
    name="rlhf-v",
    about="RLHF-V: answers that people corrected, over their originals",
    matches=matches,
    read=read,
)
