"""What a run of the judge is told beside the config."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from curate.console import Advance, no_bar

Bar = Callable[[int], AbstractContextManager[Advance]]
"""A bar for so many judgements."""


@contextmanager
def unseen(_total: int) -> Iterator[Advance]:
    """No bar."""
    yield no_bar


def utc_now() -> datetime:
    """The time by the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Options:
    """`limit` takes the first prompts or comments by id, whose order is chance.

    `environment` holds the keys. `record` is a file that replies are kept in for the replay
    provider; `wait` is false to leave a batch job alone once it is submitted.
    """

    limit: int | None = None
    budget_usd: float | None = None
    retry_failed: bool = False
    record: Path | None = None
    wait: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = utc_now
    bar: Bar = unseen
