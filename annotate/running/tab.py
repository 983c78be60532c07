"""What one call has taken so far, over all of its attempts."""

from dataclasses import dataclass

from annotate.running.call import Tokens
from annotate.spending.money import PICO
from schemas.event import Failure, Usage


@dataclass(slots=True)
class Tab:
    """A running account. `cost` is in picodollars, `trouble` the last thing that went wrong."""

    attempts: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    thought_tokens: int = 0
    cost: int = 0
    seconds: float = 0.0
    trouble: Failure | None = None

    def add(self, usage: Usage, cost: int) -> None:
        """Count a reply."""
        self.input_tokens += usage.input_tokens
        self.cached_tokens += usage.cached_tokens
        self.output_tokens += usage.output_tokens
        self.thought_tokens += usage.thought_tokens
        self.cost += cost

    def add_unknown(self, worst: Tokens, cost: int) -> None:
        """Count an attempt that may be billed at its worst case."""
        self.input_tokens += worst.input
        self.output_tokens += worst.output
        self.cost += cost

    def usage(self) -> Usage:
        """The account as an event keeps it."""
        return Usage(
            input_tokens=self.input_tokens,
            cached_tokens=self.cached_tokens,
            output_tokens=self.output_tokens,
            thought_tokens=self.thought_tokens,
            usd=self.cost / PICO,
            seconds=self.seconds,
        )
