"""How the expansions that were asked for stand, by the name of their comment.

A line of the journal takes the place of the one before it: a draft that came, then what its check
said. So one live line says all: checked, drafted and to be checked, or failed.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from curate.engines.duckdb import DuckDBEngine
from schemas.event import FailureReason

ASKED_AGAIN: tuple[FailureReason, ...] = ("timeout", "budget")
FINAL: FailureReason = "blocked"
Step = Literal["expand", "check"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The line that stands. `draft` is an expansion that is not checked, paid for all the same.

    `reason` is why it failed, or why its check did.
    """

    event_id: str
    reason: FailureReason | None = None
    draft: str | None = None

    @property
    def step(self) -> Step:
        """What there is to ask."""
        return "expand" if self.draft is None else "check"

    def asked_again(self, *, retry_failed: bool) -> bool:
        """Whether a new run asks it once more."""
        if self.reason is None or self.reason in ASKED_AGAIN:
            return True
        return retry_failed and self.reason != FINAL


@dataclass(frozen=True, slots=True)
class Known:
    """`checked` are the events that have an expansion, by name; `standings` what is not checked."""

    checked: dict[str, set[str]] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)

    def to_ask(self, key: str, *, retry_failed: bool) -> Step | None:
        """What a run has to ask about a comment; None for nothing."""
        if key in self.checked:
            return None
        standing = self.standings.get(key)
        if standing is None:
            return "expand"
        return standing.step if standing.asked_again(retry_failed=retry_failed) else None


def known_of(engine: DuckDBEngine) -> Known:
    """What the journals say. A draft stands before a failure, the later of two before the other."""
    checked: dict[str, set[str]] = defaultdict(set)
    standings: dict[str, Standing] = {}
    for key, expands, event_id, is_checked, reason, text in engine.rows("critiques/known"):
        before = standings.get(key)
        if is_checked:
            checked[key].add(expands)
        elif text is not None or before is None or before.draft is None:
            standings[key] = Standing(event_id, reason, text)
    return Known(dict(checked), standings)
