"""What the judgements took: dollars and tokens of judges, time of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from curate.engines.duckdb import DuckDBEngine


@dataclass(frozen=True, slots=True)
class Spent:
    """One rater's judgements, those that failed included."""

    kind: str
    rater: str
    came: int
    failed: int
    input_tokens: int
    output_tokens: int
    usd: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Spending:
    """All raters that took anything; `a_pair` are dollars for each pair of the build."""

    raters: Sequence[Spent]
    usd: float
    hours: float
    a_pair: float | None


def spending(engine: DuckDBEngine, pairs: int) -> Spending:
    """The spending of the workspace so far, over all runs."""
    raters = [Spent(*row) for row in engine.rows("report/spending")]
    usd = sum(rater.usd for rater in raters)
    people = sum(rater.seconds for rater in raters if rater.kind == "human")
    return Spending(raters, usd, people / 3600, usd / pairs if pairs else None)
