"""How many pairs judging will give, from a pilot where there is one."""

from dataclasses import dataclass
from typing import Literal

from curate.engines.duckdb import DuckDBEngine
from curate.judge.findings import lay_out_readings
from curate.judge.members import Member
from curate.judge.tables import read
from curate.workspace import Workspace

ENOUGH = 50
"""Prompts of a pilot."""
PUBLISHED_YIELD = 0.44
"""Of 6,134 groups of answers 2,700 made a pair in mllm-dpo (ACL 2024, arXiv 2402.10884)."""
ONE_A_PROMPT = ("mllm-dpo", "best-vs-worst")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Pairs to expect of a prompt, and what that rests on; `prompts` are those of the pilot."""

    pairs_a_prompt: float
    basis: Literal["pilot", "published"]
    prompts: int


def forecast(engine: DuckDBEngine, workspace: Workspace, member: Member) -> Forecast:
    """What the judgements there are say of those to come.

    Of fewer than 50 prompts they say too little; then it is the published yield of mllm-dpo, which
    took one pair a prompt. A policy that takes some pairs of a prompt is not run: every pair that
    holds counts, up to `per_prompt`.
    """
    settings = workspace.settings
    lay_out_readings(engine, workspace, [member])
    values = {"rater": member.rater_id, "min_margin": settings.pairs.min_margin or 0}
    counts = [row["n_pairs"] for row in read(engine, "judge/pilot_pairs", **values)]
    if len(counts) < ENOUGH:
        return Forecast(PUBLISHED_YIELD, "published", len(counts))
    most = 1 if settings.pairs.policy in ONE_A_PROMPT else settings.pairs.per_prompt
    kept = counts if most is None else [min(most, count) for count in counts]
    return Forecast(sum(kept) / len(kept), "pilot", len(kept))
