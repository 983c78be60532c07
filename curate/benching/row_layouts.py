"""Rows of released benchmarks and of preference sets as BenchRow."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curate.benching.row import BenchRow, answer_of
from curate.sources import trl, vl_rewardbench
from curate.sources.media import all_media
from curate.sources.mm_rlhf_asked import attributes_of_row
from curate.sources.record import Row, SourceMedium
from curate.sources.shaping import as_name, as_text
from curate.sources.turns import prompt_turns

SIDES = ("chosen", "rejected")
Values = Mapping[str, Any]


def of_ranks(row: Row) -> BenchRow:
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


def of_sides(row: Row, root: Path) -> BenchRow:
    """A row of MM-RLHF-RewardBench, of what `bench make` writes, or of a TRL preference set."""
    values = row.values
    prompt, chosen, rejected = _sides(values)
    images = values.get("image") if values.get("images") is None else values["images"]
    media = all_media(images, values.get("video"), root)
    return BenchRow(
        row,
        as_name(values.get("id"), "id"),
        names_row=False,
        turns=trl.turns_of(prompt, media),
        media=media,
        category=_category(values, media),
        chosen=answer_of(chosen, "chosen"),
        rejected=answer_of(rejected, "rejected"),
        pair_id=as_name(values.get("pair_id"), "pair_id"),
        prompt_id=as_name(values.get("prompt_id"), "prompt_id"),
    )


def _sides(values: Values) -> tuple[Any, Any, Any]:
    """Prompt and sides; where one stands on both sides it is still a row of the benchmark."""
    sides = [values.get(name) for name in ("prompt", *SIDES)]
    if sides[0] is not None and all(isinstance(side, str) for side in sides[1:]):
        return sides[0], sides[1], sides[2]
    return trl.sides_of(values)


def _category(values: Values, media: list[SourceMedium]) -> str | None:
    """What the row says of itself, else of MM-RLHF's rows the first folder of their medium."""
    for name in ("category", "task_type"):
        if said := as_name(values.get(name), name):
            return said
    of_mm_rlhf = all(f"{side}_reason" in values for side in SIDES)
    return attributes_of_row(values, media).get("category") if of_mm_rlhf else None
