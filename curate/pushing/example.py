"""The pair that a card shows: in the middle by margin, and of a licence that lets it be quoted."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow.parquet as pq

from curate.pushing.secrets import tells_a_path
from export.card.facts import Example
from export.card.folder import Config
from export.card.licences import may_be_quoted
from export.card.text_example import example

DECIDING = ("margin", "licence")
SHOWN = ("pair_id", "messages", "media", "chosen", "rejected", "margin", "level")
MOST_TRIED = 50


def example_of(staging: Path, config: Config) -> Example | None:
    """A pair out of the first rows of the files, so that what is shown is in the set.

    A text that reads like a folder in a card is passed over: a push would be refused for it.
    None where no pair may be shown, and for files of another layout than `parquet`.
    """
    if not {*DECIDING, *SHOWN} <= config.features.keys():
        return None
    with pq.ParquetFile(staging / config.splits[0].files[0].path) as shard:
        if not shard.num_row_groups:
            return None
        places = _nearest_the_middle(shard.read_row_group(0, list(DECIDING)).to_pylist())
        rows = shard.read_row_group(0, list(SHOWN))
    for place in places[:MOST_TRIED]:
        found = _example(rows.slice(place, 1).to_pylist()[0])
        if not any(tells_a_path(said) for said in example(found)):
            return found
    return None


def _nearest_the_middle(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The places of rows that may be quoted, those without a margin last."""
    allowed = {at: row["margin"] for at, row in enumerate(rows) if may_be_quoted(row["licence"])}
    known = [margin for margin in allowed.values() if margin is not None]
    middle = median(known) if known else 0
    return sorted(
        allowed, key=lambda at: (allowed[at] is None, abs((allowed[at] or 0) - middle), at)
    )


def _example(row: Mapping[str, Any]) -> Example:
    asked = [turn for turn in row["messages"] if turn["role"] == "user"]
    parts = asked[-1]["parts"] if asked else ()
    return Example(
        pair_id=row["pair_id"],
        question=" ".join(part["text"] for part in parts if part["text"]),
        media=len(row["media"]),
        chosen=row["chosen"],
        rejected=row["rejected"],
        margin=row["margin"],
        level=row["level"],
    )
