"""One preference of a benchmark, as its file has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from curate.sources.completions import answer_text
from curate.sources.record import Row, SourceMedium, SourceTurn
from curate.sources.shaping import BadRowError


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


def answer_of(value: object, place: str) -> str:
    """The text of a side. Raises BadRowError for null and for anything but one answer."""
    text = answer_text(value, place)
    if text is None:
        raise BadRowError(f"{place} is null", "empty_response")
    return text
