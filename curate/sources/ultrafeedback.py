"""UltraFeedback: answers of several models, rated by GPT-4 on four aspects and overall.

Source: arXiv 2310.01377. `overall_score` comes from a critique of its own, 1 to 10. Known fault of
the set: some lowest overall scores were stored as 10; they come in as they stand.
"""

from collections.abc import Mapping
from typing import Any

from curate.sources.aspects import aspects_of, completions_of
from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import has_texts, most_rows
from curate.sources.record import Row, SourceFailure, SourceRating, SourceRecord, SourceResponse
from curate.sources.scores import read_scores, unparsable
from curate.sources.shaping import as_name, as_text, attributes_of, shaped
from curate.sources.turns import prompt_turns
from schemas.rubric import OVERALL

JUDGE = "gpt-4"
ASPECTS = ("helpfulness", "honesty", "instruction_following", "truthfulness")
METRICS = dict(zip(ASPECTS, ASPECTS, strict=True))
SCALES = {**dict.fromkeys(ASPECTS, (1.0, 5.0)), OVERALL: (1.0, 10.0)}


def matches(source: SourceInput) -> bool:
    """Whether most first rows are an instruction with completions."""
    return most_rows(source, lambda head: has_texts(head, "instruction") and "completions" in head)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, record_of)


def record_of(row: Row) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    answers = [_answer(one, n) for n, one in enumerate(completions_of(values.get("completions")))]
    return SourceRecord(
        line=row.line,
        turns=prompt_turns(as_text(values.get("instruction"), "instruction"), []),
        responses=[answer for answer, _ in answers],
        failures=[failure for _, failures in answers for failure in failures],
        attributes=attributes_of({"origin": values.get("source")}),
        scales=SCALES,
        file=row.file,
    )


def _answer(
    completion: Mapping[str, Any], number: int
) -> tuple[SourceResponse, list[SourceFailure]]:
    place = f"completions[{number}]"
    found = aspects_of(completion.get("annotations"), METRICS, f"{place}.annotations")
    overall = completion.get("overall_score")
    given = {} if overall is None else {OVERALL: overall}
    total, total_faults = read_scores(given)
    critique = as_text(completion.get("critique"), f"{place}.critique")
    reasons = {**found.rationales, **({OVERALL: critique} if critique else {})}
    scores = {**found.scores, **total}
    response = SourceResponse(
        as_text(completion.get("response"), f"{place}.response"),
        model=as_name(completion.get("model"), f"{place}.model"),
        attributes=attributes_of({"principle": completion.get("principle")}),
        ratings=[SourceRating(JUDGE, "judge", scores=scores, rationales=reasons)]
        if scores or reasons
        else [],
    )
    return response, unparsable([*found.faults, *total_faults], place, JUDGE, "judge")


LAYOUT = Layout(
    name="ultrafeedback",
    about="UltraFeedback: completions rated by GPT-4 on four aspects and overall",
    matches=matches,
    read=read,
)
