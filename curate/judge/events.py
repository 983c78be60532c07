"""What came of a judgement, as the event that keeps it."""

from collections.abc import Mapping
from datetime import datetime

from annotate.prompting.parsing import ParsedAnswer, tiers
from curate.judge.calls import Answers
from curate.judge.questions import Judgement
from curate.local_folders import last_part
from schemas.base import content_id
from schemas.event import Answer, Event, Failure, Rater, Usage
from schemas.rubric import Rubric


def event_id_of(run_id: str, key: str) -> str:
    """The id of what became of a judgement in a run, or in a batch job."""
    return content_id([run_id, key])


class Events:
    """Makes the events of one judge in one run, or out of one batch job."""

    def __init__(self, rater_id: str, rubric: Rubric, run_id: str) -> None:
        self._rater_id, self._run_id = rater_id, run_id
        self._rubric_id, self._rubric_hash = rubric.rubric_id, rubric.rubric_hash

    def of(
        self,
        judgement: Judgement,
        said: Answers | None,
        failure: Failure | None,
        version: str | None,
        usage: Usage,
        at: datetime,
    ) -> Event:
        """The event of a judgement that came or failed. A failure lists no answers.

        Some servers report a model's local path as its version; then its last part is kept.
        """
        reported = last_part(version) if version else version
        return Event(
            event_id=event_id_of(self._run_id, judgement.key),
            at=at,
            supersedes=judgement.supersedes,
            prompt_id=judgement.prompt_id,
            rater=Rater(kind="judge", id=self._rater_id, version=reported),
            rubric_id=self._rubric_id,
            rubric_hash=self._rubric_hash,
            sample=judgement.sample,
            order_no=judgement.order_no,
            request_hash=judgement.key,
            answers=_answers(judgement, said or ()),
            tiers=_tiers(judgement, said or ()),
            failure=failure,
            usage=usage,
        )


def _answers(judgement: Judgement, said: Answers) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            candidate_id=candidate,
            position=place,
            scores={metric: float(score) for metric, score in answer.scores.items()},
            rationales=dict(answer.reasons),
        )
        for place, (candidate, answer) in enumerate(_named(judgement, said).items())
    )


def _tiers(judgement: Judgement, said: Answers) -> tuple[tuple[str, ...], ...] | None:
    """The judge's ranking in candidate_ids, best first; None where none was asked for."""
    labels = {answer.label: candidate for candidate, answer in _named(judgement, said).items()}
    ranked = tiers(said)
    return tuple(tuple(labels[label] for label in tier) for tier in ranked) if ranked else None


def _named(judgement: Judgement, said: Answers) -> Mapping[str, ParsedAnswer]:
    """Answers by candidate_id, in the order shown."""
    return dict(zip(judgement.shown, said, strict=True)) if said else {}
