"""What a build says of reward models: in its manifest, and in its warnings."""

from collections.abc import Iterator

from curate.engines.base import Engine
from schemas.counted import counted
from schemas.reward import RewardReport

AGAIN = "curate align reward --folds 5, then curate align score"
REFUSALS = {
    "in_sample": f"trained on the pair's component; cross-fit one: {AGAIN}",
    "unflagged": f"does not say whether it trained on the pair's component; cross-fit one: {AGAIN}",
    "regrouped": f"was cross-fitted on components that have been joined since; fit anew: {AGAIN}",
    "other_version": "has a newer version, which has not scored the pair; run: curate align score",
}
"""Why a reward model gives a pair no delta, and what to do; `other_model` is a user's choice."""


def reward_report(engine: Engine) -> RewardReport:
    """The reward models of the build whose tables `engine` holds."""
    found = engine.values["reward_version"]
    return RewardReport(
        rater=engine.values["reward_model"] if found is not None else None,
        version=found or None,
        events=engine.count("reward_events"),
        pairs=engine.count("reward_deltas"),
        refused=dict(engine.rows("reward/refused")),
        faults=dict(engine.rows("reward/faults")),
    )


def reward_lines(found: RewardReport) -> Iterator[str]:
    """Whose rewards are the pairs' delta; nothing where no pair has one."""
    if found.pairs:
        version = f" ({found.version[:12]})" if found.version else ""
        pairs = counted(found.pairs, "pair has", "pairs have")
        yield f"{pairs} a delta by the reward model {found.rater!r}{version}."


def reward_warnings(found: RewardReport, named: str | None) -> Iterator[str]:
    """A line for each reason for which pairs that a reward model scored have no delta by it."""
    for reason, words in REFUSALS.items():
        if reason in found.refused:
            yield (
                f"{counted(found.refused[reason], 'pair has', 'pairs have')} no delta by a reward "
                f"model ({reason}): the model that gave the scores {words}"
            )
    if found.faults:
        reasons = ", ".join(f"{reason} {n:,}" for reason, n in found.faults.items())
        scores = counted(sum(found.faults.values()), "score")
        yield f"{scores} of reward models cannot count: {reasons}"
    if named is not None and not found.events:
        yield (
            f"[score] reward_model = {named!r} has scored nothing, so no pair has a delta by it; "
            "run: curate align score"
        )
