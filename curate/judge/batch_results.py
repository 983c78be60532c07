"""A result line of a batch as a judgement's value or failure: no second try, no waiting."""

from dataclasses import dataclass

from annotate.base import GiveUp, Reply, TryAgain
from annotate.prompting.labels import labels
from annotate.prompting.parsing import parse
from annotate.prompting.unparsable import Unparsable
from annotate.spending.budget import Budget, Hold
from annotate.spending.money import dollars
from curate.judge.batch_log import Announced
from curate.judge.calls import Answers
from schemas.event import Failure, Usage

NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Result:
    """What a judgement came to. `usage` is with its dollars."""

    said: Answers | None
    failure: Failure | None
    version: str | None = None
    usage: Usage = NOTHING


def result_of(
    outcome: Reply | TryAgain | GiveUp, n_shown: int, asked: Announced, budget: Budget, hold: Hold
) -> Result:
    """The result, with its money settled. A refusal is not billed."""
    if isinstance(outcome, Reply):
        usage = _with_dollars(outcome.usage, budget.settle(hold, outcome.usage))
        said, failure = _read(outcome, n_shown, asked)
        return Result(said, failure, outcome.model_version, usage)
    failure = Failure(reason=outcome.reason, detail=outcome.detail)
    return Result(None, failure, usage=_with_dollars(Usage(), unanswered(outcome, budget, hold)))


def unanswered(outcome: TryAgain | GiveUp, budget: Budget, hold: Hold) -> int:
    """Picodollars of what came to nothing: its worst case where it may be billed all the same."""
    if isinstance(outcome, TryAgain) and outcome.may_be_billed:
        return budget.settle_unknown(hold)
    budget.release(hold)
    return 0


def _read(reply: Reply, n_shown: int, asked: Announced) -> tuple[Answers | None, Failure | None]:
    if reply.finish != "stop":
        return None, Failure(reason=reply.finish, detail=reply.detail)
    names = labels(n_shown)
    try:
        return parse(reply.text, rubric=asked.rubric, labels=names, ranking=asked.ranking), None
    except Unparsable as bad:
        return None, Failure(reason="unparsable", detail=bad.problem)


def _with_dollars(usage: Usage, cost: int) -> Usage:
    return usage.model_copy(update={"usd": float(dollars(cost))})
