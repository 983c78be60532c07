"""The calls of a run, made as the runner takes them, with their words at hand.

Texts are read in a thread, a handful of comments ahead, so that the event loop is never held up by
the disk.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import islice

from annotate.critiquing.view import Commented
from annotate.running.call import Call
from curate.critiques.calls import Calls, Said
from curate.critiques.comments import Comment
from curate.critiques.standing import Known

AHEAD = 100
Asked = tuple[Comment, Commented]


class Missing:
    """Whether a run has to ask about a comment; of several with the same words, about the first."""

    def __init__(self, known: Known, *, retry_failed: bool) -> None:
        self._known, self._retry_failed = known, retry_failed
        self._taken: set[str] = set()

    def __call__(self, comment: Comment) -> bool:
        """Answer for the next comment in the order of comments."""
        if comment.fault is not None or comment.key in self._taken:
            return False
        if self._known.to_ask(comment.key, retry_failed=self._retry_failed) is None:
            return False
        self._taken.add(comment.key)
        return True


class Queue:
    """What a judge is still to be asked."""

    def __init__(self, asked: Iterator[Asked], known: Known, calls: Calls) -> None:
        self._asked, self._known, self._calls = asked, known, calls

    def __aiter__(self) -> AsyncIterator[Call[Said]]:
        return self._handed_out()

    async def _handed_out(self) -> AsyncIterator[Call[Said]]:
        while few := await asyncio.to_thread(self._next_few):
            for comment, view in few:
                yield self._call(comment, view)

    def _next_few(self) -> list[Asked]:
        return list(islice(self._asked, AHEAD))

    def _call(self, comment: Comment, view: Commented) -> Call[Said]:
        standing = self._known.standings.get(comment.key)
        if standing is not None and standing.draft is not None:
            return self._calls.check(comment, view, standing.draft, standing.event_id)
        return self._calls.expand(comment, view, standing.event_id if standing else None)
