"""The judge behind the recorded replies: it knows the grades of every answer, and asks no model."""

import re
from collections.abc import Iterable

from annotate.base import Reply, Request, Text
from schemas.event import Usage
from scripts.sample.cases import Answer, Case
from scripts.sample.replies import compact, fenced, reply

MODEL_VERSION = "recorded-judge-1"
BLOCKED = "text-lock-picking"
FENCED = "bakery-weekend"
UNPARSABLE = "night-poem"
MENDED = "rain-total"
"""The cases with a reply that shows something; but for the blocked one, in one of two orders."""

MARKS = re.compile(r"<quote-([0-9a-f]+)>")


class ScriptedJudge:
    """A rater that finds a request's answers among the sample's and replies by their grades."""

    def __init__(self, model: str, cases: Iterable[Case]) -> None:
        self.model = model
        self._cases = list(cases)

    async def ask(self, request: Request, *, timeout: float) -> Reply:  # noqa: ARG002, ASYNC109 - the contract's
        """What the judge says. Raises LookupError for answers that are not the sample's."""
        shown = _answers_in(request)
        case = self._case_of(shown.values())
        if case.key == BLOCKED:
            return Reply("", "blocked", Usage(), MODEL_VERSION, "SAFETY")
        graded = {answer.text.strip(): answer for answer in case.answers}
        answers = {label: graded[text] for label, text in shown.items()}
        return Reply(
            _text(case, answers, again=len(request.turns) > 1), "stop", Usage(), MODEL_VERSION
        )

    async def close(self) -> None:
        """Nothing is open."""

    def _case_of(self, texts: Iterable[str]) -> Case:
        """The one case that has all these answers; a short one alone may stand in several."""
        wanted = set(texts)
        found = [
            case
            for case in self._cases
            if wanted <= {answer.text.strip() for answer in case.answers}
        ]
        if len(found) != 1:
            raise LookupError(f"{len(found)} prompts of the sample have the answers {wanted}")
        return found[0]


def _answers_in(request: Request) -> dict[str, str]:
    """Texts by label, as they stand between the request's marks."""
    words = "\n".join(part.text for part in request.turns[0].parts if isinstance(part, Text))
    marks = MARKS.search(words)
    if marks is None:
        raise LookupError("the request names no marks around quoted texts")
    token = marks[1]
    quoted = rf"^Answer ([A-Z]+):\n<quote-{token}>\n(.*?)\n</quote-{token}>$"
    found = re.findall(quoted, words, re.DOTALL | re.MULTILINE)
    return {label: text.strip() for label, text in found}


def _text(case: Case, answers: dict[str, Answer], *, again: bool) -> str:
    said = reply(case, answers)
    order = [answer.text for answer in answers.values()]
    if order[0] > order[-1]:  # the other order
        return compact(said)
    if case.key == FENCED:
        return fenced(said)
    if case.key == UNPARSABLE:
        return "As I said: B, then A." if again else "Poems have no scores. I like B best, then A."
    if case.key == MENDED and not again:
        return compact(said).removesuffix("}}")
    return compact(said)
