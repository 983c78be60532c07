"""What all workers of a run share."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from annotate.base import Rater
from annotate.running.circuit import Circuit
from annotate.running.halt import Halt
from annotate.running.pace import Pace
from annotate.running.traffic import Traffic
from annotate.running.window import Window
from annotate.spending.budget import Budget


@dataclass(frozen=True, slots=True)
class Shared:
    """The rater, the money, and what holds requests back."""

    rater: Rater
    budget: Budget
    traffic: Traffic
    window: Window
    pace: Pace
    circuit: Circuit
    halt: Halt
    clock: Callable[[], float]
    rng: Random

    def stop(self, reason: BaseException) -> None:
        """Stop the run: nothing more is sent, who waits for money or time is woken."""
        self.halt.stop(reason)
        self.budget.stop()
