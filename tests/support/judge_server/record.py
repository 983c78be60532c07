"""What the server saw: who asked what how often, and what it did."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Record:
    """Counts since the start. A digest stands for path and body (of a batch: the line's request).

    `answered` counts whole 200 answers that went out, whatever the model is made to say in them.
    `most_in_flight` sees only what overlaps: without a latency every answer goes out at once.
    """

    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    by_endpoint: Counter[str] = field(default_factory=Counter)
    by_status: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    in_flight: int = 0
    most_in_flight: int = 0
    last_body: bytes = b""
    last_headers: dict[str, str] = field(default_factory=dict)

    def entered(self, endpoint: str, headers: dict[str, str]) -> None:
        """Note a request to `endpoint`."""
        self.by_endpoint[endpoint] += 1
        key = headers.get("x-goog-api-key") or headers.get("authorization")
        if key:
            self.keys.add(key)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)

    def left(self) -> None:
        """Note that an answer begins to go out."""
        self.in_flight -= 1

    def as_json(self) -> dict[str, Any]:
        """The record for another process."""
        return {
            "asked": self.asked,
            "answered": self.answered,
            "by_endpoint": self.by_endpoint,
            "by_status": self.by_status,
            "faults": self.faults,
            "keys": sorted(self.keys),
            "most_in_flight": self.most_in_flight,
        }


def digest_of(path: str, body: bytes) -> str:
    """32 hex digits that stand for one request's content."""
    return hashlib.sha256(path.encode() + b"\0" + body).hexdigest()[:32]
