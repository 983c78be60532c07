"""HelpSteer3's preferences: two responses to a conversation, compared by up to three people.

A preference runs from -3 to 3, and a negative one is for response 1. It becomes the `overall` of
the preferred response, 0 to 3, with 0 for the other, so that the difference is the preference.
Raters are told apart by their place in the row, as the set does not name them.
"""

from collections.abc import Mapping
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import has_lists, has_texts, most_rows
from curate.sources.record import Row, SourceFailure, SourceRating, SourceRecord, SourceResponse
from curate.sources.scores import number_of, unparsable
from curate.sources.shaping import as_list, as_object, as_text, attributes_of, shaped, shown
from curate.sources.turns import ends_with_user, message_turns
from schemas.rubric import OVERALL

RATER = "helpsteer3"
PREFERENCE = "overall_preference"
SCALES = {OVERALL: (0.0, 3.0)}
Votes = tuple[list[tuple[SourceRating, SourceRating]], list[SourceFailure]]


def matches(source: SourceInput) -> bool:
    """Whether most first rows are a conversation with two responses and a preference."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, record_of)


def record_of(row: Row) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    turns = message_turns(as_list(values.get("context"), "context"), [], "context")
    ratings, failures = _votes(values)
    sides = zip(("response1", "response2"), (0, 1), strict=True)
    columns = ("domain", "language", PREFERENCE)
    return SourceRecord(
        line=row.line,
        turns=ends_with_user(turns, "context"),
        responses=[
            SourceResponse(as_text(values.get(name), name), ratings=[both[n] for both in ratings])
            for name, n in sides
        ],
        failures=failures,
        attributes=attributes_of({name: values.get(name) for name in columns}),
        scales=SCALES,
        file=row.file,
    )


def _votes(values: Mapping[str, Any]) -> Votes:
    """Each person's ratings of both responses; the overall preference where no person is listed."""
    people = as_list(values.get("individual_preference"), "individual_preference")
    ratings, failures = [], []
    for number, vote in enumerate(people, start=1):
        place = f"individual_preference[{number - 1}]"
        given = as_object(vote, place)
        rater = f"{RATER}-{number}"
        preference = number_of(given.get("score"))
        if preference is None:
            fault = f"score {shown(given.get('score'))}"
            failures += unparsable([fault], place, rater, "human")
        else:
            ratings.append(_ratings(preference, rater, given, place))
    overall = number_of(values.get(PREFERENCE))
    if not people and overall is not None:
        ratings.append(_ratings(overall, RATER, {}, PREFERENCE))
    return ratings, failures


def _ratings(
    preference: float, rater: str, given: Mapping[str, Any], place: str
) -> tuple[SourceRating, SourceRating]:
    def rating(points: float, feedback: str) -> SourceRating:
        said = [as_text(given.get(key), f"{place}.{key}") for key in ("reasoning", feedback)]
        reason = "\n\n".join(text for text in said if text)
        reasons = {OVERALL: reason} if reason else {}
        return SourceRating(rater, "human", scores={OVERALL: points}, rationales=reasons)

    return rating(max(-preference, 0.0), "feedback1"), rating(max(preference, 0.0), "feedback2")


def _fits(head: Mapping[str, Any]) -> bool:
    texts = has_texts(head, "response1", "response2")
    return texts and has_lists(head, "context") and PREFERENCE in head


LAYOUT = Layout(
    name="helpsteer3",
    about="HelpSteer3: two responses compared by up to three people",
    matches=matches,
    read=read,
)
