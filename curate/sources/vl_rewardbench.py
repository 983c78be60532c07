"""VL-RewardBench: a `query`, two answers in `response`, and the rank of each in `human_ranking`.

Source: arXiv 2411.17451, the data set's card and the released evaluation. A rank is a place from 0:
[0, 1] prefers the first answer, [1, 0] the second. An id names a row. The picture is `image` on the
Hub, `image_path` in the released repository.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import has_lists, has_texts, most_rows
from curate.sources.media import media_of
from curate.sources.pairs import pair_of, pair_record
from curate.sources.record import Row, SourceMedium, SourceRecord
from curate.sources.shaping import BadRowError, as_list, as_name, as_text, shaped, shown
from curate.sources.turns import prompt_turns

RATER = "vl-rewardbench"
GROUPS: Mapping[str, str] = {
    "vlfeedback": "general",
    "wildvision-battle": "general",
    "povid": "hallucination",
    "rlhf-v": "hallucination",
    "rlaif-v": "hallucination",
    "reasoning_tasks": "reasoning",
}
"""The data set a row comes from, as the second folder of its `image_path` -> its group."""

PREFIXES: Mapping[str, str] = {
    "rlaif": "hallucination",
    "rlhf": "hallucination",
    "povid": "hallucination",
    "hallucination": "hallucination",
    "mathverse": "reasoning",
    "mmmu": "reasoning",
}
"""How an id begins, where there is no `image_path` -> its group; all others are general."""

Values = Mapping[str, Any]


def matches(source: SourceInput) -> bool:
    """Whether most first rows have a query, answers and their ranks."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, record_of)


def record_of(row: Row) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    responses, first = sides_of(values)
    chosen, rejected = responses if first else reversed(responses)
    return pair_record(
        row,
        prompt_turns(as_text(values.get("query"), "query"), medium_of_row(values)),
        pair_of(chosen, rejected),
        rater=RATER,
        kind="human",
        key=as_name(values.get("id"), "id"),
        attributes={"category": group_of(values)},
    )


def sides_of(values: Values) -> tuple[Sequence[str], bool]:
    """Both answers as they stand in the file, and whether the first one is preferred.

    Raises BadRowError for anything but two texts and the ranks 0 and 1.
    """
    responses = as_list(values.get("response"), "response")
    if len(responses) != 2 or not all(isinstance(one, str) for one in responses):
        raise BadRowError(f"response is {shown(responses)}, not two texts")
    ranks = list(as_list(values.get("human_ranking"), "human_ranking"))
    if ranks not in ([0, 1], [1, 0]):
        raise BadRowError(f"human_ranking is {ranks!r:.80}, not [0, 1] or [1, 0]")
    return responses, ranks[0] == 0


def medium_of_row(values: Values) -> list[SourceMedium]:
    """The row's picture, or nothing."""
    name = "image_path" if values.get("image") is None else "image"
    return media_of(values.get(name), "image", name)


def group_of(values: Values) -> str:
    """general, hallucination or reasoning, as the released evaluation sorts rows."""
    path = values.get("image_path")
    parts = PurePosixPath(path).parts if isinstance(path, str) else ()
    if len(parts) > 1 and parts[1] in GROUPS:
        return GROUPS[parts[1]]
    name = as_name(values.get("id"), "id") or ""
    return PREFIXES.get(name.replace("_", "-").partition("-")[0].lower(), "general")


def _fits(head: Values) -> bool:
    return has_texts(head, "query") and has_lists(head, "response", "human_ranking")


LAYOUT = Layout(
    name="vl-rewardbench",
    about="VL-RewardBench: query, response and human_ranking",
    matches=matches,
    read=read,
)
