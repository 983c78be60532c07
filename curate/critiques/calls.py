"""A comment as calls of the runner: one for its expansion, and one that checks what came."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from annotate.base import Request
from annotate.critiquing.expansion import read_expansion
from annotate.critiquing.finding import Finding, read_check
from annotate.critiquing.request import check_request, expand_request, mend_request
from annotate.critiquing.view import Commented
from annotate.running.call import Call
from curate.critiques.comments import Comment
from curate.critiques.loads import check_load, expand_load
from schemas.config_judge import JudgeSection

Said = str | Finding
"""What a reply comes to: a draft, or what its check finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpandCall(Call[Said]):
    """A call for the expansion of a comment; `supersedes` is the failure that it puts right."""

    comment: Comment
    supersedes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCall(Call[Said]):
    """A call for the check of a draft, which the event `supersedes` holds."""

    comment: Comment
    draft: str
    supersedes: str


class Calls:
    """Makes the calls of one run; `draft_id` names the event that will hold a comment's draft."""

    def __init__(self, section: JudgeSection, draft_id: Callable[[Comment], str]) -> None:
        self._section, self._draft_id = section, draft_id

    def expand(self, comment: Comment, view: Commented, supersedes: str | None) -> ExpandCall:
        """The call for an expansion, which leads to that of its check."""

        def check(said: Said) -> Call[Said]:
            return self.check(comment, view, str(said), self._draft_id(comment))

        return ExpandCall(
            key=comment.key,
            build=partial(self.request, view),
            read=partial(read_expansion, view=view),
            repair=mend_request,
            worst=expand_load(view).worst,
            then=check,
            comment=comment,
            supersedes=supersedes,
        )

    def check(self, comment: Comment, view: Commented, draft: str, supersedes: str) -> CheckCall:
        """The call for the check of a draft."""
        return CheckCall(
            key=comment.key,
            build=lambda: self._set(check_request(view, draft)),
            read=read_check,
            repair=mend_request,
            worst=check_load(view, draft).worst,
            comment=comment,
            draft=draft,
            supersedes=supersedes,
        )

    def request(self, view: Commented) -> Request:
        """Exactly what is sent first about a comment."""
        return self._set(expand_request(view))

    def _set(self, request: Request) -> Request:
        """The request with the judge's own settings."""
        return replace(request, temperature=self._section.temperature)
