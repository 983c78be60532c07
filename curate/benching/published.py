"""What others published about a benchmark that is known by its content, and about no other."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curate.benching.benchmark import Benchmark


@dataclass(frozen=True, slots=True)
class Published:
    """One line of a published table."""

    judge: str
    acc: float
    acc_plus: float


MM_RLHF_REWARD_BENCH = "68918171fd8ef432ed2dbec1496bb8c3e7c1543eb0c05a659749c57ac1150f60"
TABLES: Mapping[str, Sequence[Published]] = {
    MM_RLHF_REWARD_BENCH: (
        Published("LLaVA-Critic, pairwise", 0.35, 0.15),
        Published("LLaVA-Critic, pointwise", 0.45, 0.17),
        Published("GPT-4o", 0.74, 0.50),
        Published("MM-RLHF-Reward", 0.85, 0.67),
    )
}
"""By `content_of`: the overall columns of MM-RLHF's Table 4 (arXiv 2502.10391)."""


def published_about(benchmark: Benchmark) -> Sequence[Published]:
    """The published numbers; none for a file that differs in a single id or answer."""
    return TABLES.get(content_of(benchmark), ())


def content_of(benchmark: Benchmark) -> str:
    """A digest of ids and answers, in whatever order the rows stand."""
    rows = [(str(pair.source_id), pair.chosen, pair.rejected) for pair in benchmark.pairs]
    return hashlib.sha256(repr(sorted(rows)).encode("utf-8")).hexdigest()
