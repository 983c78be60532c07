"""People's comments, and a model that writes them out: what tests of critiques begin from."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotate.critiquing.view import Commented
from schemas.event import Answer, Event
from tests.support.examples import question
from tests.support.judge_runs import Judge, judging, scores, words_of
from tests.support.workspaces import Bench

FULLER = "In this person's judgement of the answer, the following holds and is all there is: "


def commented(
    comment: str, answer: str = "The bus is red.", asked: str = "Which bus is it?"
) -> Commented:
    """A comment on an answer to a question without a picture."""
    return Commented(messages=question(asked), media=(), answer=answer, comment=comment)


def comment(
    bench: Bench,
    prompt: str,
    said: Mapping[str, str | Mapping[str, str]],
    rater: str = "human:h-0123456789ab",
    scores: Mapping[str, float] | None = None,
    **event: Any,
) -> Event:
    """One event of a person with reasons by answer: a text is of the answer as a whole.

    Every answer of the prompt gets a score, by default more the later it stands in `said`.
    """
    given = scores or {answer: float(place) for place, answer in enumerate(said)}
    made = bench.vote(prompt, rater, given, **event)
    reasons = {
        bench.candidates[prompt, answer].candidate_id: (
            {"overall": text} if isinstance(text, str) else dict(text)
        )
        for answer, text in said.items()
    }
    answers = tuple(
        Answer(**{**one.model_dump(), "rationales": reasons.get(one.candidate_id, {})})
        for one in made.answers
    )
    bench.events[-1] = made.model_copy(update={"answers": answers})
    return bench.events[-1]


def quoted_in(body: Mapping[str, Any]) -> list[str]:
    """The texts of others in a request to Gemini, in their order: question, answer, comment, ..."""
    words = words_of(dict(body))
    opening, closing = words.split("\n", 1)[0].removesuffix(".").split()[-3::2]
    _, *blocks = words.split(f"\n{opening}\n")
    return [block.split(f"\n{closing}")[0] for block in blocks]


def is_check(body: Mapping[str, Any]) -> bool:
    """Whether a request asks for the check of an expansion."""
    return "new_claims" in scores(dict(body))["properties"]


def checked(
    before: str = "positive",
    after: str | None = None,
    claims: tuple[str, ...] = (),
    *,
    critique: bool = True,
) -> str:
    """What a check says."""
    return json.dumps(
        {
            "new_claims": list(claims),
            "is_critique": critique,
            "comment_verdict": before,
            "critique_verdict": after or before,
        }
    )


class Editor:
    """A model that writes a comment out, and finds that right.

    `written` and `check` are what it says of comments that hold the key; a value may be anything
    that a server's answer may be.
    """

    def __init__(
        self, written: Mapping[str, Any] | None = None, check: Mapping[str, Any] | None = None
    ) -> None:
        self.written, self.check = dict(written or {}), dict(check or {})
        self.expanded: list[str] = []

    def __call__(self, body: dict[str, Any]) -> Any:
        texts = quoted_in(body)
        if is_check(body):
            return self._of(texts[-2], self.check, checked())
        self.expanded.append(texts[-1])
        return self._of(texts[-1], self.written, critique_of(FULLER + texts[-1]))

    @staticmethod
    def _of(said: str, moods: Mapping[str, Any], usual: str) -> Any:
        return next((mood for word, mood in moods.items() if word in said), usual)


def critique_of(text: str) -> str:
    """A reply with this critique."""
    return json.dumps({"critique": text})


@contextmanager
def critiquing(
    root: Path, monkeypatch: pytest.MonkeyPatch, *settings: str, **server: Any
) -> Iterator[Judge]:
    """`curate critiques` in this workspace, against a server that answers as an Editor."""
    server.setdefault("answer", Editor())
    with judging(root, monkeypatch, *settings, command="critiques", **server) as found:
        yield found
