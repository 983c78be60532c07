"""The project's own layout: one prompt a row, with its answers, votes and failures (DESIGN 4).

In a string content `<image>` marks the place of an image; content parts of type text are literal.
Null stands for a key that is not there, so that the layout also lives in Parquet.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.media import all_media
from curate.sources.native_answers import RESPONSE_KEYS, answers_of, onto_answers
from curate.sources.native_votes import failure_of, ranking_of, scales_of
from curate.sources.record import Row, SourceRanking, SourceRecord, SourceResponse, SourceTurn
from curate.sources.shaping import (
    BadRowError,
    as_list,
    as_name,
    as_object,
    as_text,
    attributes_of,
    known_keys,
    shaped,
)
from curate.sources.turns import ends_with_user, message_turns, prompt_turns

ROW_KEYS = (
    "prompt",
    "messages",
    "images",
    "video",
    "reference",
    "attributes",
    "key",
    "scales",
    "responses",
    "rankings",
    "failures",
)
OWN_KEYS = ("scales", "rankings", "failures")
OWN_RESPONSE_KEYS = ("ratings", "generations", "origin", "sampling")
MESSAGE_KEYS = ("role", "content", "from", "value")
PART_KEYS = ("type", "text", "image", "video", "path", "index")


def matches(source: SourceInput) -> bool:
    """Whether the first rows are ours: no key but our own, or keys that only we have."""
    heads = [head for file in source.files[:1] for head in source.head(file)]
    asked = all("prompt" in head or "messages" in head for head in heads)
    return bool(heads) and asked and (all(map(_only_ours, heads)) or any(map(_has_ours, heads)))


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, lambda row: record_of(row, source.root))


def record_of(row: Row, root: Path) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    known_keys(values, ROW_KEYS, "")
    answers = answers_of(values.get("responses"))
    failures = as_list(values.get("failures"), "failures")
    attributes = as_object(values.get("attributes"), "attributes")
    return SourceRecord(
        line=row.line,
        turns=_turns(values, root),
        responses=[answer for item in answers for answer in item],
        rankings=_rankings(values.get("rankings"), answers),
        failures=[failure_of(one, f"failures[{n}]") for n, one in enumerate(failures)],
        reference=as_text(values.get("reference"), "reference"),
        key=as_name(values.get("key"), "key"),
        attributes=attributes_of(attributes),
        scales=scales_of(values.get("scales")),
        file=row.file,
    )


def _turns(values: Mapping[str, Any], root: Path) -> Sequence[SourceTurn]:
    prompt, messages = values.get("prompt"), values.get("messages")
    if prompt is not None and messages is not None:
        raise BadRowError("the row has both prompt and messages")
    media = all_media(values.get("images"), values.get("video"), root)
    if messages is None:
        return prompt_turns(as_text(prompt, "prompt"), media)
    listed = as_list(messages, "messages")
    for number, message in enumerate(listed):
        _known_in_message(message, f"messages[{number}]")
    return ends_with_user(message_turns(listed, media))


def _known_in_message(message: Any, place: str) -> None:
    values = as_object(message, place)
    known_keys(values, MESSAGE_KEYS, place)
    content = values.get("content")
    for number, part in enumerate(content if isinstance(content, (list, tuple)) else ()):
        if isinstance(part, Mapping):
            known_keys(part, PART_KEYS, f"{place}.content[{number}]")


def _rankings(value: Any, answers: list[list[SourceResponse]]) -> list[SourceRanking]:
    rankings = []
    for number, one in enumerate(as_list(value, "rankings")):
        place = f"rankings[{number}]"
        rankings.append(onto_answers(ranking_of(one, place), answers, f"{place}.tiers"))
    return rankings


def _only_ours(head: Mapping[str, Any]) -> bool:
    return set(head) <= set(ROW_KEYS) and all(
        isinstance(one, Mapping) and "text" in one and set(one) <= set(RESPONSE_KEYS)
        for one in _listed(head.get("responses"))
    )


def _has_ours(head: Mapping[str, Any]) -> bool:
    if any(head.get(key) is not None for key in OWN_KEYS):
        return True
    answers = [one for one in _listed(head.get("responses")) if isinstance(one, Mapping)]
    return any("text" in one and set(one) & set(OWN_RESPONSE_KEYS) for one in answers)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


LAYOUT = Layout(
    name="native",
    about="one prompt a row: prompt or messages, images, responses with ratings, rankings",
    matches=matches,
    read=read,
)
