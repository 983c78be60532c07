"""The rows of a benchmark's file as it was released: each one preference between two answers.

Nothing is dropped that the benchmark counts: contradictory and repeated rows come through. Only
what is no preference at all comes as a drop with its reason.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from curate.sources import trl, vl_rewardbench
from curate.sources.base import SourceInput
from curate.sources.completions import answer_text
from curate.sources.heads import most_rows
from curate.sources.media import all_media
from curate.sources.mm_rlhf_asked import attributes_of_row
from curate.sources.record import Row, SourceDrop, SourceMedium, SourceTurn
from curate.sources.shaping import BadRowError, as_name, as_text
from curate.sources.turns import prompt_turns
from schemas.candidate import Medium, Message
from schemas.errors import SourceError

SIDES = ("chosen", "rejected")
OF_BUILD = {"pair_id", "prompt_id", "messages", "media"}
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One preference as the file has it.

    `source_id` names the prompt, or with `names_row` this row alone. `pair_id` and `prompt_id` are
    our own, where the file has them. `chosen_first` says whether the chosen answer stands before
    the other one, null where the file stores it by who won.
    """

    row: Row
    source_id: str | None
    names_row: bool
    turns: Sequence[SourceTurn]
    media: Sequence[SourceMedium]
    category: str | None
    chosen: str
    rejected: str
    chosen_first: bool | None = None
    pair_id: str | None = None
    prompt_id: str | None = None


def bench_rows(source: SourceInput) -> Iterator[BenchRow | SourceDrop]:
    """Every row of every file in order. Raises SourceError where no layout fits."""
    shape = _shape(source)
    for file in source.files:
        for row in source.rows(file):
            yield row if isinstance(row, SourceDrop) else _shaped(row, shape)


def _shape(source: SourceInput) -> Callable[[Row], BenchRow]:
    if vl_rewardbench.matches(source):
        return _of_ranks
    if most_rows(source, lambda head: head.keys() >= OF_BUILD and _has_sides(head)):
        return _of_build
    if most_rows(source, _has_sides):
        return lambda row: _of_sides(row, source)
    raise SourceError(
        f"{source.root}: no pairs in it",
        "a benchmark has the columns chosen and rejected, or query, response and human_ranking",
    )


def _has_sides(head: Values) -> bool:
    return all(isinstance(head.get(side), (str, list, tuple)) for side in SIDES)


def _shaped(row: Row, shape: Callable[[Row], BenchRow]) -> BenchRow | SourceDrop:
    try:
        return shape(row)
    except BadRowError as error:
        return SourceDrop(row.line, error.reason, error.detail, row.file)


def _of_ranks(row: Row) -> BenchRow:
    """A row of VL-RewardBench; its answers stand in an order of their own."""
    values = row.values
    responses, first = vl_rewardbench.sides_of(values)
    media = vl_rewardbench.medium_of_row(values)
    return BenchRow(
        row,
        as_name(values.get("id"), "id"),
        names_row=True,
        turns=prompt_turns(as_text(values.get("query"), "query"), media),
        media=media,
        category=vl_rewardbench.group_of(values),
        chosen=responses[0 if first else 1],
        rejected=responses[1 if first else 0],
        chosen_first=first,
    )


def _of_sides(row: Row, source: SourceInput) -> BenchRow:
    """A row of MM-RLHF-RewardBench, of what `bench make` writes, or of a TRL preference set."""
    values = row.values
    prompt, chosen, rejected = _sides(values)
    images = values.get("image") if values.get("images") is None else values["images"]
    media = all_media(images, values.get("video"), source.root)
    return BenchRow(
        row,
        as_name(values.get("id"), "id"),
        names_row=False,
        turns=trl.turns_of(prompt, media),
        media=media,
        category=_category(values, media),
        chosen=_answer(chosen, "chosen"),
        rejected=_answer(rejected, "rejected"),
        pair_id=as_name(values.get("pair_id"), "pair_id"),
        prompt_id=as_name(values.get("prompt_id"), "prompt_id"),
    )


def _sides(values: Values) -> tuple[Any, Any, Any]:
    """Prompt and sides; where one stands on both sides it is still a row of the benchmark."""
    sides = [values.get(name) for name in ("prompt", *SIDES)]
    if sides[0] is not None and all(isinstance(side, str) for side in sides[1:]):
        return sides[0], sides[1], sides[2]
    return trl.sides_of(values)


def _answer(value: Any, place: str) -> str:
    text = answer_text(value, place)
    if text is None:
        raise BadRowError(f"{place} is null", "empty_response")
    return text


def _category(values: Values, media: list[SourceMedium]) -> str | None:
    """What the row says of itself, else of MM-RLHF's rows the first folder of their medium."""
    for name in ("category", "task_type"):
        if said := as_name(values.get(name), name):
            return said
    of_mm_rlhf = all(f"{side}_reason" in values for side in SIDES)
    return attributes_of_row(values, media).get("category") if of_mm_rlhf else None


def _of_build(row: Row) -> BenchRow:
    """A row of a build's pairs.parquet; its media lie in the workspace's store."""
    values = row.values
    try:
        media = [_stored(Medium.model_validate(medium)) for medium in values["media"]]
        messages = [Message.model_validate(message) for message in values["messages"]]
        turns = [SourceTurn(message.role, _parts(message, media)) for message in messages]
    except (ValidationError, TypeError, IndexError) as error:
        raise BadRowError(f"no pair of a build: {str(error).splitlines()[0]}") from error
    attributes = dict(values.get("attributes") or {})
    return BenchRow(
        row,
        as_name(values.get("source_key"), "source_key"),
        names_row=False,
        turns=turns,
        media=media,
        category=attributes.get("category") or attributes.get("task_type"),
        chosen=_answer(values.get("chosen"), "chosen"),
        rejected=_answer(values.get("rejected"), "rejected"),
        pair_id=as_name(values.get("pair_id"), "pair_id"),
        prompt_id=as_name(values.get("prompt_id"), "prompt_id"),
    )


def _stored(medium: Medium) -> SourceMedium:
    path = f"{medium.file[:2]}/{medium.file}" if medium.file else medium.path or medium.sha256
    return SourceMedium(medium.kind, path=path)


def _parts(message: Message, media: Sequence[SourceMedium]) -> list[str | SourceMedium]:
    return [
        part.text or "" if part.media_index is None else media[part.media_index]
        for part in message.parts
    ]
