"""Which request goes wrong and how: draws that depend on the seed and the request alone."""

import hashlib
from dataclasses import dataclass
from typing import Literal, TypeVar

Passing = Literal[
    "throttled", "day_quota", "internal", "unavailable", "slow", "cut_before", "cut_within"
]
Sticky = Literal[
    "malformed", "truncated", "empty", "blocked_prompt", "blocked_answer", "wrong_version"
]
Account = Literal["invalid_key", "unknown_model"]

PASSING: tuple[Passing, ...] = (
    "throttled",
    "day_quota",
    "internal",
    "unavailable",
    "slow",
    "cut_before",
    "cut_within",
)
STICKY: tuple[Sticky, ...] = (
    "malformed",
    "truncated",
    "empty",
    "blocked_prompt",
    "blocked_answer",
    "wrong_version",
)
ACCOUNT: tuple[Account, ...] = ("invalid_key", "unknown_model")

Kind = TypeVar("Kind", bound=str)


@dataclass(frozen=True, slots=True)
class Faults:
    """Rates of misbehaviour, each a share of the requests.

    The first seven pass: they are drawn anew at each attempt. The next six stand: a request that
    has one has it at every attempt. The last two are drawn by request, and are meant to be 0 or 1.
    A 429 turns away the next `throttled_in_a_row - 1` requests too, whoever sends them.
    """

    seed: int = 0
    throttled: float = 0.0
    day_quota: float = 0.0
    internal: float = 0.0
    unavailable: float = 0.0
    slow: float = 0.0
    cut_before: float = 0.0
    cut_within: float = 0.0
    malformed: float = 0.0
    truncated: float = 0.0
    empty: float = 0.0
    blocked_prompt: float = 0.0
    blocked_answer: float = 0.0
    wrong_version: float = 0.0
    invalid_key: float = 0.0
    unknown_model: float = 0.0
    throttled_in_a_row: int = 1
    retry_after_s: float = 0.01
    slow_s: float = 0.05

    def passing(self, digest: str, attempt: int) -> Passing | None:
        """What goes wrong with this attempt only. Attempts count from 1."""
        return self._drawn(PASSING, f"{digest}/{attempt}")

    def sticky(self, digest: str) -> Sticky | None:
        """What is wrong with this request at every attempt."""
        return self._drawn(STICKY, digest)

    def account(self, digest: str) -> Account | None:
        """What is wrong with the caller."""
        return self._drawn(ACCOUNT, f"{digest}/account")

    def _drawn(self, kinds: tuple[Kind, ...], what: str) -> Kind | None:
        rates = [getattr(self, kind) for kind in kinds]
        if not any(rates):
            return None
        draw = uniform(f"{self.seed}/{what}")
        for kind, rate in zip(kinds, rates, strict=True):
            draw -= rate
            if draw < 0:
                return kind
        return None


def uniform(what: str) -> float:
    """A number in [0, 1) that depends on `what` alone."""
    return number(what) / 2**64


def number(what: str) -> int:
    """A number below 2**64 that depends on `what` alone."""
    return int.from_bytes(hashlib.blake2b(what.encode(), digest_size=8).digest(), "big")
