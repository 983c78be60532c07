"""Rows of a build's pairs.parquet as BenchRow."""

from collections.abc import Sequence

from curate.benching.row import BenchRow, answer_of
from curate.sources.record import Row, SourceMedium, SourceTurn
from curate.sources.shaping import BadRowError, as_name
from schemas.candidate import Medium, Message

COLUMNS = {"pair_id", "prompt_id", "messages", "media"}
CATEGORY = ("category", "task_type")
"""Attributes that say what kind of prompt it is, the first that does."""


def of_build(row: Row) -> BenchRow:
    """A row of a build's pairs.parquet; its media lie in the workspace's store."""
    values = row.values
    try:
        media = [_stored(Medium.model_validate(medium)) for medium in values["media"]]
        messages = [Message.model_validate(message) for message in values["messages"]]
        turns = [SourceTurn(message.role, _parts(message, media)) for message in messages]
        attributes = dict(values.get("attributes") or {})
    except (ValueError, TypeError, IndexError) as error:  # a ValidationError is a ValueError
        raise BadRowError(f"no pair of a build: {str(error).splitlines()[0]}") from error
    said = (as_name(attributes.get(name), f"attributes.{name}") for name in CATEGORY)
    return BenchRow(
        row,
        as_name(values.get("source_key"), "source_key"),
        names_row=False,
        turns=turns,
        media=media,
        category=next(filter(None, said), None),
        chosen=answer_of(values.get("chosen"), "chosen"),
        rejected=answer_of(values.get("rejected"), "rejected"),
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
