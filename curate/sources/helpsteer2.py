"""HelpSteer and HelpSteer2: one response a row with five metrics, 0 to 4, by people.

The numbers are means over several people, who appear as one rater. The rows of one prompt are
gathered, so that its answers are compared within one judgement. A set's `helpfulness` is defined
as the overall one, so it is the `overall` too. Multi-turn prompts are text as the set has it.
HelpSteer2 is text alone; rows in its layout may have `images`, as our own export writes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.five_metrics import FIVE, SCALES, five_scores
from curate.sources.gathering import gathered, media_key
from curate.sources.heads import has_texts, most_rows
from curate.sources.media import media_of
from curate.sources.record import (
    Row,
    SourceFailure,
    SourceMedium,
    SourceRating,
    SourceRecord,
    SourceResponse,
)
from curate.sources.scores import unparsable
from curate.sources.shaping import as_text, wrong_type
from curate.sources.turns import prompt_turns
from schemas.rubric import OVERALL

RATER = "helpsteer2"
ALL_SCALES = {**SCALES, OVERALL: SCALES["helpfulness"]}


def matches(source: SourceInput) -> bool:
    """Whether most first rows are one response with all five metrics."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a prompt."""
    return gathered(source, _key_of, _shape, media=("images",))


def _key_of(row: Row) -> Sequence[Any]:
    prompt = row.values.get("prompt")
    if not isinstance(prompt, str):
        raise wrong_type(prompt, "prompt", "text")
    _answer(row)
    return (prompt, *media_key(_images(row)))


def _shape(rows: Sequence[Row]) -> Iterable[SourceRecord]:
    answers = [_answer(row) for row in rows]
    yield SourceRecord(
        line=rows[0].line,
        turns=prompt_turns(rows[0].values["prompt"], _images(rows[-1])),
        responses=[answer for answer, _ in answers],
        failures=[failure for _, failures in answers for failure in failures],
        scales=ALL_SCALES,
        file=rows[0].file,
    )


def _images(row: Row) -> list[SourceMedium]:
    return media_of(row.values.get("images"))


def _answer(row: Row) -> tuple[SourceResponse, list[SourceFailure]]:
    scores, faults = five_scores(row.values)
    if "helpfulness" in scores:
        scores[OVERALL] = scores["helpfulness"]
    rating = SourceRating(RATER, "human", scores=scores)
    text = as_text(row.values.get("response"), "response")
    response = SourceResponse(text, ratings=[rating] if scores else [])
    return response, unparsable(faults, f"response in line {row.line}", RATER, "human")


def _fits(head: Mapping[str, Any]) -> bool:
    return has_texts(head, "prompt", "response") and all(metric in head for metric in FIVE)


LAYOUT = Layout(
    name="helpsteer2",
    about="HelpSteer2: one response a row with five metrics",
    matches=matches,
    read=read,
)
