"""VLFeedback: answers of several models to a picture, rated by GPT-4V on three aspects.

The aspects are the metrics of the `mm-rlhf` preset under other names. Their sum, 3 to 15, is the
`overall` of an answer that has all three.
"""

from collections.abc import Mapping
from typing import Any

from curate.sources.aspects import aspects_of, completions_of
from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import has_texts, most_rows
from curate.sources.media import media_of
from curate.sources.record import Row, SourceFailure, SourceRating, SourceRecord, SourceResponse
from curate.sources.scores import unparsable
from curate.sources.shaping import BadRowError, as_name, as_object, as_text, shaped
from curate.sources.turns import prompt_turns
from schemas.rubric import OVERALL

JUDGE = "gpt-4v"
METRICS: Mapping[str, str] = {
    "Helpfulness": "helpfulness",
    "Visual Faithfulness": "faithfulness",
    "Ethical Considerations": "ethics",
}
SCALES = {**dict.fromkeys(METRICS.values(), (1.0, 5.0)), OVERALL: (3.0, 15.0)}


def matches(source: SourceInput) -> bool:
    """Whether most first rows are a prompt with completions rated on the three aspects."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, record_of)


def record_of(row: Row) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    image = values.get("img_path") if values.get("image") is None else values["image"]
    prompt = as_text(values.get("prompt"), "prompt")
    answers = [_answer(one, n) for n, one in enumerate(completions_of(values.get("completions")))]
    return SourceRecord(
        line=row.line,
        turns=prompt_turns(prompt, media_of(image, place="image")),
        responses=[answer for answer, _ in answers],
        failures=[failure for _, failures in answers for failure in failures],
        key=as_name(values.get("id"), "id"),
        scales=SCALES,
        file=row.file,
    )


def _answer(
    completion: Mapping[str, Any], number: int
) -> tuple[SourceResponse, list[SourceFailure]]:
    place = f"completions[{number}]"
    found = aspects_of(completion.get("annotations"), METRICS, f"{place}.annotations")
    scores = dict(found.scores)
    if set(scores) == set(METRICS.values()):
        scores[OVERALL] = sum(scores.values())
    rating = SourceRating(JUDGE, "judge", scores=scores, rationales=found.rationales)
    response = SourceResponse(
        as_text(completion.get("response"), f"{place}.response"),
        model=as_name(completion.get("model"), f"{place}.model"),
        ratings=[rating] if scores or found.rationales else [],
    )
    return response, unparsable(found.faults, place, JUDGE, "judge")


def _fits(head: Mapping[str, Any]) -> bool:
    if not has_texts(head, "prompt"):
        return False
    try:
        completions = completions_of(head.get("completions"))
        rated = [as_object(one.get("annotations"), "annotations") for one in completions]
    except BadRowError:
        return False
    return any(name in annotations for annotations in rated for name in METRICS)


LAYOUT = Layout(
    name="vlfeedback",
    about="VLFeedback: completions rated by GPT-4V on three aspects",
    matches=matches,
    read=read,
)
