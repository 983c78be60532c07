"""What a pull and a build say of themselves: `pull.json` and `manifest.json`."""

from typing import Any

from pydantic import AwareDatetime

from schemas.base import Hex32, Record, Sha256
from schemas.bias import BiasReport
from schemas.length import LengthReport
from schemas.reward import RewardReport
from schemas.trust import Trust


class PullManifest(Record):
    """One pull: where it came from and how many rows it brought. Immutable once written.

    `digest` is over the pull's tables and events without their times, and makes the pull_id.
    """

    pull_id: str
    source: str
    revision: str | None
    licence: str | None
    format: str
    map: dict[str, str]
    counts: dict[str, int]
    dropped: dict[str, int]
    digest: Sha256
    version: str
    at: AwareDatetime


class BuildInput(Record):
    """One file a build read, by content."""

    path: str
    sha256: Sha256


class BuildManifest(Record):
    """One build: every setting that mattered, what it read, and the count at each step.

    `steps` maps step -> level -> {in, kept, dropped}; `dropped` maps step -> reason -> rows.
    `boilerplate` counts texts that answer several prompts, the answers they are, and the most
    prompts that one of them answers; empty where it was not looked for. `groups` counts the groups
    of prompts that one split gets whole, and the paired prompts of the largest. `tokens` counts the
    pairs with and without token counts, and the tokens of the longest side; empty where no
    tokenizer is named.
    `rewards` says whose rewards are the pairs' delta.
    `rater_weights` are those of people whose votes were weighted; everybody else's weight is 1.
    """

    build_id: Hex32
    version: str
    engine: str
    policy: str
    settings: dict[str, Any]
    inputs: tuple[BuildInput, ...]
    rubric_id: str
    rubric_hashes: dict[str, int]
    counts: dict[str, int]
    splits: dict[str, int]
    dropped: dict[str, dict[str, int]]
    steps: dict[str, dict[str, dict[str, int]]]
    conflicts: dict[str, dict[str, int]] = {}
    boilerplate: dict[str, int] = {}
    groups: dict[str, int] = {}
    tokens: dict[str, int] = {}
    rater_weights: dict[str, float] = {}
    length: LengthReport = LengthReport()
    trust: Trust | None = None
    rewards: RewardReport = RewardReport()
    bias: BiasReport = BiasReport()
    warnings: tuple[str, ...]
    at: AwareDatetime
