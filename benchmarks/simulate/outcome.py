"""One line of the table that `make simulate` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured, its 95 % interval, and the least it must be, or the most."""

    name: str
    measured: float
    low: float | None
    high: float | None
    target: float
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the measured value is what it must be."""
        return self.measured <= self.target if self.at_most else self.measured >= self.target

    def row(self) -> str:
        """As a row of Markdown."""
        interval = "" if self.low is None else f"{self.low:.3f} to {self.high:.3f}"
        held = "yes" if self.holds else "NO"
        bound = f"{'at most' if self.at_most else 'at least'} {self.target:g}"
        return f"| {self.name} | {self.measured:.3f} | {interval} | {bound} | {held} |"
