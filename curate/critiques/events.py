"""What came of a call about a comment, as the event that keeps it."""

from datetime import datetime

from annotate.critiquing.finding import Finding
from annotate.running.call import Outcome
from curate.critiques.calls import CheckCall, ExpandCall, Said
from curate.critiques.comments import Comment
from curate.local_folders import last_part
from schemas.base import content_id
from schemas.event import CHECKED, Answer, Event, Failure, Rater, Usage
from schemas.rubric import OVERALL


class Events:
    """Makes the events of one judge in one run. They vote on nothing and have no rubric."""

    def __init__(self, rater_id: str, run_id: str) -> None:
        self._rater_id, self._run_id = rater_id, run_id

    def draft_id(self, comment: Comment) -> str:
        """The id of the event that holds what came of asking for an expansion."""
        return content_id([self._run_id, comment.key, "expand"])

    def of(self, outcome: Outcome[Said], at: datetime) -> Event:
        """The event of a call that ended.

        A draft is not used before its check; where that got no answer, its event keeps the draft
        beside the failure, so that it is not paid for twice. Of one that is refused no words stay.
        """
        call = outcome.call
        version = outcome.reply.model_version if outcome.reply else None
        if isinstance(call, ExpandCall):
            text = outcome.value if isinstance(outcome.value, str) else None
            return self._event(
                self.draft_id(call.comment),
                call.comment,
                call.supersedes,
                at,
                text=text,
                failure=outcome.failure,
                version=version,
                usage=outcome.usage,
            )
        assert isinstance(call, CheckCall)  # noqa: S101 - there are no other calls
        finding = outcome.value if isinstance(outcome.value, Finding) else Finding()
        refused = Failure(reason=finding.reason, detail=finding.detail) if finding.reason else None
        failure = outcome.failure or refused
        return self._event(
            content_id([self._run_id, call.comment.key, "check"]),
            call.comment,
            call.supersedes,
            at,
            text=None if refused else call.draft,
            failure=failure,
            version=version,
            usage=outcome.usage,
            flags=() if failure else (CHECKED,),
        )

    def carried(self, comment: Comment, text: str, version: str | None, at: datetime) -> Event:
        """The event that gives a checked expansion to another event with the same comment."""
        event_id = content_id([self._run_id, comment.key, comment.event_id])
        return self._event(
            event_id, comment, None, at, text=text, version=version, flags=(CHECKED,)
        )

    def _event(
        self,
        event_id: str,
        comment: Comment,
        supersedes: str | None,
        at: datetime,
        *,
        text: str | None,
        version: str | None,
        failure: Failure | None = None,
        usage: Usage | None = None,
        flags: tuple[str, ...] = (),
    ) -> Event:
        words = () if text is None else ({OVERALL: text},)
        return Event(
            event_id=event_id,
            at=at,
            supersedes=supersedes,
            expands=comment.event_id,
            prompt_id=comment.prompt_id,
            rater=Rater(
                kind="judge",
                id=self._rater_id,
                version=last_part(version) if version else version,
            ),
            request_hash=comment.key,
            answers=tuple(
                Answer(candidate_id=comment.candidate_id, rationales=said) for said in words
            ),
            flags=flags,
            failure=failure,
            usage=usage,
        )
