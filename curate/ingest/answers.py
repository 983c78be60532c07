"""The answers of a record: one candidate a distinct text, and the reason for each that is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from curate.ingest.error_text import is_error_text
from curate.ingest.refusal import is_refusal
from curate.ingest.text import (
    RecordFaultError,
    checked_attributes,
    checked_text,
    is_text,
    optional_text,
    spelled,
)
from curate.sources.record import SourceResponse
from curate.sources.shaping import shown
from schemas.candidate import Candidate, Generation, Origin, candidate_id_of

ORIGINS = get_args(Origin)
UNKNOWN_MODEL = "unknown"
REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Answers:
    """`candidates` by id; `ids` and `faults` say of each response, by index, what became of it."""

    candidates: Mapping[str, Candidate]
    ids: Sequence[str | None]
    faults: Mapping[int, RecordFaultError]


def answers_of(responses: Sequence[SourceResponse], prompt_id: str, source: str) -> Answers:
    """The responses as candidates; the same text of two models is one with two generations."""
    candidates: dict[str, Candidate] = {}
    ids: list[str | None] = []
    faults: dict[int, RecordFaultError] = {}
    for index, response in enumerate(responses):
        try:
            found = _candidate(response, prompt_id, source)
        except RecordFaultError as fault:
            ids.append(None)
            faults[index] = fault
            continue
        ids.append(found.candidate_id)
        same = candidates.get(found.candidate_id)
        candidates[found.candidate_id] = _joined(same, found) if same else found
    return Answers(candidates, ids, faults)


def lost_candidate_id(prompt_id: str | None, text: Any) -> str | None:
    """The id that an answer has or would have had under a prompt; null for what is no text."""
    return candidate_id_of(prompt_id, text) if prompt_id and is_text(text) else None


def _candidate(response: SourceResponse, prompt_id: str, source: str) -> Candidate:
    text = _answer_text(response.text)
    attributes = checked_attributes(response.attributes)
    if is_refusal(text):
        attributes = dict(sorted({REFUSAL: "true", **attributes}.items()))
    if response.origin not in ORIGINS:
        raise RecordFaultError("bad_type", f"origin {shown(response.origin)} unknown")
    return Candidate(
        prompt_id=prompt_id,
        candidate_id=candidate_id_of(prompt_id, text),
        response=text,
        origin=response.origin,
        generations=_generations(response),
        source=source,
        source_key=optional_text(response.key, "key"),
        attributes=attributes,
    )


def _answer_text(value: object) -> str:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise RecordFaultError("empty_response", "the answer is null or blank")
    text = checked_text(value, "the answer")
    if is_error_text(text):
        raise RecordFaultError("error_text", shown(text))
    return text


def _generations(response: SourceResponse) -> tuple[Generation, ...]:
    model = optional_text(response.model, "model")
    sampling = response.sampling
    if model is None and not sampling:
        return ()
    settings = checked_text(spelled(sampling, "sampling"), "sampling") if sampling else None
    return (Generation(model=model or UNKNOWN_MODEL, sampling=settings),)


def _joined(first: Candidate, second: Candidate) -> Candidate:
    """One candidate of two responses with one text: what the first says of itself stands."""
    generations = {*first.generations, *second.generations}
    return first.model_copy(
        update={
            "origin": min(first.origin, second.origin),
            "generations": tuple(sorted(generations, key=generation_order)),
            "source_key": first.source_key or second.source_key,
            "attributes": dict(sorted({**second.attributes, **first.attributes}.items())),
        }
    )


def generation_order(generation: Generation) -> tuple[str, str]:
    """A sort key: by model, then by settings."""
    return generation.model, generation.sampling or ""
