"""How long people will take: a published figure until enough of their own votes were timed."""

from dataclasses import dataclass

from curate.engines.duckdb import DuckDBEngine

SECONDS_A_VOTE = 8 * 60
"""MM-RLHF (arXiv 2502.10391), 2.3.2: over 8 minutes for a long question about a picture."""

FEWEST_TIMED = 20


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Seconds that one person takes for one prompt, the median of `n_timed` votes.

    `n_timed` is 0 where the figure is the published one.
    """

    seconds: float = SECONDS_A_VOTE
    n_timed: int = 0

    @property
    def minutes(self) -> float:
        """Minutes a vote, with one place."""
        return round(self.seconds / 60, 1)

    def votes(self, hours: float) -> int:
        """How many votes people give in so many hours."""
        return int(hours * 3600 / self.seconds)

    def hours(self, n_votes: int) -> float:
        """Hours for so many votes, with two places."""
        return round(n_votes * self.seconds / 3600, 2)


def lead_time(engine: DuckDBEngine) -> LeadTime:
    """What people's timed votes say, of the table `live_events`."""
    seconds, n_timed = engine.rows("route/lead_time")[0]
    return LeadTime(float(seconds), n_timed) if n_timed >= FEWEST_TIMED else LeadTime()
