"""MM-RLHF's pairs: `id` names the prompt, and all its comparisons come from one order by people.

The answers of a prompt are the distinct texts of its pairs, exactly as given. Where the pairs are
all that follow from one weak order, that order is rebuilt; else each comparison stands alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.sources.gathering import media_key
from curate.sources.mm_rlhf_asked import RATER, attributes_of_row, medium_of_row
from curate.sources.record import (
    Row,
    SourceDrop,
    SourceRanking,
    SourceRating,
    SourceRecord,
    SourceResponse,
)
from curate.sources.shaping import BadRowError, as_name, as_text, shown, wrong_type
from curate.sources.tiers import Pair, tiers_of_pairs
from curate.sources.turns import prompt_turns
from schemas.rubric import OVERALL

SIDES = ("chosen", "rejected")


def key_of(row: Row, root: Path) -> Sequence[Any]:
    """What pairs of one prompt share. Raises BadRowError for a row that is no pair."""
    values = row.values
    for column in ("prompt", *SIDES):
        if not isinstance(values.get(column), str):
            raise wrong_type(values.get(column), column, "text")
    if values["chosen"] == values["rejected"]:
        raise BadRowError(
            f"chosen and rejected are both {shown(values['chosen'])}", "contradiction"
        )
    for side in SIDES:
        _reason(values, side)
    media = medium_of_row(values, root)
    return ("pair", as_name(values.get("id"), "id"), values["prompt"], media_key(media))


def record_of(rows: Sequence[Row], root: Path) -> SourceRecord:
    """The pairs of one prompt as one record; the last row is the one that has the media."""
    values = rows[-1].values
    media = medium_of_row(values, root)
    texts = list(dict.fromkeys(row.values[side] for row in rows for side in SIDES))
    pairs = [
        (texts.index(row.values["chosen"]), texts.index(row.values["rejected"])) for row in rows
    ]
    tiers = tiers_of_pairs(pairs, len(texts))
    return SourceRecord(
        line=rows[0].line,
        turns=prompt_turns(values["prompt"], media),
        responses=[_response(text, rows) for text in texts],
        rankings=_alone(pairs) if tiers is None else [_ranking(tiers)],
        separate=tiers is None,
        key=as_name(values.get("id"), "id"),
        attributes=attributes_of_row(values, media),
        file=rows[0].file,
    )


def repeated(rows: Sequence[Row]) -> Iterator[SourceDrop]:
    """The rows that say again what an earlier row of the prompt says."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        pair = (row.values["chosen"], row.values["rejected"])
        if pair in seen:
            detail = f"the same comparison as in line {seen[pair]}"
            yield SourceDrop(row.line, "duplicate", detail, row.file)
        seen.setdefault(pair, row.line)


def _response(text: str, rows: Sequence[Row]) -> SourceResponse:
    reasons = [
        _reason(row.values, side) for row in rows for side in SIDES if row.values[side] == text
    ]
    spoken = "\n\n".join(dict.fromkeys(reason for reason in reasons if reason))
    if not spoken:
        return SourceResponse(text)
    rating = SourceRating(rater=RATER, kind="human", rationales={OVERALL: spoken})
    return SourceResponse(text, ratings=[rating])


def _reason(values: Mapping[str, Any], side: str) -> str | None:
    return as_text(values.get(f"{side}_reason"), f"{side}_reason")


def _alone(pairs: Sequence[Pair]) -> list[SourceRanking]:
    return [_ranking([[better], [worse]]) for better, worse in dict.fromkeys(pairs)]


def _ranking(tiers: Sequence[Sequence[int]]) -> SourceRanking:
    return SourceRanking(tiers, rater=RATER, kind="human")
