"""mllm-dpo: the table of scored candidates, and the DPO file made from it.

Source: arXiv 2402.10884 and the authors' repository. The judge saw all candidates of an image and
question in one call, so they are gathered by both: by the image alone, answers to different
questions would meet.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from curate.sources import mllm_dpo_pairs, mllm_dpo_table
from curate.sources.base import Layout, Records, SourceInput
from curate.sources.gathering import gathered
from curate.sources.heads import has_objects, has_texts, most_rows
from curate.sources.record import Row, SourceRecord


def matches(source: SourceInput) -> bool:
    """Whether most first rows are scored candidates, or three turns of a comparison."""
    return most_rows(source, lambda head: _is_candidate(head) or _is_pair(head))


def read(source: SourceInput) -> Records:
    """One record a prompt of the table, one record a comparison of the DPO file."""

    def key_of(row: Row) -> Sequence[Any]:
        if _is_comparison(row.values):
            return ("row", row.line)
        return mllm_dpo_table.key_of(row)

    def shape(rows: Sequence[Row]) -> Iterable[SourceRecord]:
        if _is_comparison(rows[0].values):
            yield mllm_dpo_pairs.record_of(rows[0])
        else:
            yield mllm_dpo_table.record_of(rows)

    return gathered(source, key_of, shape, media=("image",))


def _is_comparison(values: Mapping[str, Any]) -> bool:
    return "chosen" in values or "rejected" in values


def _is_candidate(head: Mapping[str, Any]) -> bool:
    return has_texts(head, "prompt", "cur_candidate_answer") and "Helpfulness" in head


def _is_pair(head: Mapping[str, Any]) -> bool:
    return has_objects(head, "question", "chosen", "rejected")


LAYOUT = Layout(
    name="mllm-dpo",
    about="mllm-dpo: candidates scored by Gemini, or the DPO file",
    matches=matches,
    read=read,
)
