"""MM-RLHF: `data.jsonl` (all votes of a prompt a row), `dpo_pairs.jsonl` and the reward benchmark.

Source: arXiv 2502.10391 and the released files. A folder may hold several of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from curate.sources import mm_rlhf_pairs, mm_rlhf_table
from curate.sources.base import Layout, Records, SourceInput
from curate.sources.gathering import gathered
from curate.sources.heads import has_texts, most_rows
from curate.sources.record import Row, SourceDrop, SourceRecord

VOTES = ("final_ranking", "faithfulness", "ethical")
REASONS = ("chosen_reason", "rejected_reason")


def matches(source: SourceInput) -> bool:
    """Whether most first rows are votes by model, or pairs of an id with a reason for each side."""
    return most_rows(source, lambda head: _is_table(head) or _is_pair(head))


def read(source: SourceInput) -> Records:
    """One record a prompt: a row of votes, or the gathered pairs of one prompt."""

    def key_of(row: Row) -> Sequence[Any]:
        if _is_table(row.values):
            return ("row", row.line)
        return mm_rlhf_pairs.key_of(row, source.root)

    def shape(rows: Sequence[Row]) -> Iterable[SourceRecord | SourceDrop]:
        if _is_table(rows[0].values):
            yield mm_rlhf_table.record_of(rows[0], source.root)
        else:
            yield from mm_rlhf_pairs.repeated(rows)
            yield mm_rlhf_pairs.record_of(rows, source.root)

    return gathered(source, key_of, shape, media=("image", "video"))


def _is_table(values: Mapping[str, Any]) -> bool:
    return "models_output" in values and any(column in values for column in VOTES)


def _is_pair(head: Mapping[str, Any]) -> bool:
    columns = ("id", *REASONS)
    return has_texts(head, "prompt", "chosen", "rejected") and all(name in head for name in columns)


LAYOUT = Layout(
    name="mm-rlhf",
    about="MM-RLHF: data.jsonl, dpo_pairs.jsonl and the reward benchmark",
    matches=matches,
    read=read,
)
