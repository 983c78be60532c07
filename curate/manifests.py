"""A build's manifest: the audits that must hold, the counts, and what to warn a user of."""

from collections.abc import Mapping
from datetime import datetime

from curate.bias.report import bias_report
from curate.bias.text import bias_warnings
from curate.engines.base import Engine
from curate.inputs import Inputs, build_settings
from curate.length.report import length_report
from curate.quality import weighing
from curate.steps import AUDITS, PLAN
from curate.tokens.report import token_counts, token_warnings
from curate.trust.report import trust_report
from curate.trust.rewards_report import reward_report, reward_warnings
from curate.trust.steps import FEWEST_TO_CALIBRATE
from curate.version import __version__
from curate.workspace import Workspace
from schemas.counted import counted
from schemas.errors import BuildError
from schemas.manifest import BuildManifest
from schemas.trust import Trust

LARGE_GROUP = 0.05
Steps = dict[str, dict[str, dict[str, int]]]


def audited_steps(engine: Engine) -> Steps:
    """Step -> level -> {in, kept, dropped}. Raises BuildError where an audit finds a row."""
    for audit in AUDITS:
        faults = engine.rows(audit)
        if faults:
            raise BuildError(
                f"{audit} found {counted(len(faults), 'row')}, first {faults[0]}", "report this"
            )
    steps: Steps = {}
    order = [step.name for step in PLAN]
    found = sorted(engine.rows("audit/kept_and_dropped"), key=lambda row: order.index(row[0]))
    for step, level, n_in, n_kept, n_dropped in found:
        if n_in != n_kept + n_dropped:
            raise BuildError(
                f"step {step}, {level}: {n_in} in, {n_kept} kept, {n_dropped} dropped",
                "report this",
            )
        steps.setdefault(step, {})[level] = {"in": n_in, "kept": n_kept, "dropped": n_dropped}
    return steps


def make(
    workspace: Workspace,
    engine: Engine,
    inputs: Inputs,
    steps: Steps,
    counts: Mapping[str, int],
    now: datetime,
) -> BuildManifest:
    """The manifest of the build whose tables `engine` holds."""
    settings = workspace.settings
    trust, length = trust_report(engine), length_report(engine)
    leaning, limits = bias_report(engine, settings.config.limits), settings.config.limits
    rewards, score = reward_report(engine), settings.config.score
    n_groups, largest, paired = engine.rows("split/group_sizes")[0]
    dropped: dict[str, dict[str, int]] = {}
    for step, _level, reason, count in engine.rows("write/drop_counts"):
        reasons = dropped.setdefault(step, {})
        reasons[reason] = reasons.get(reason, 0) + count
    return BuildManifest(
        build_id=inputs.build_id(settings),
        version=__version__,
        engine=engine.name,
        policy=str(settings.pairs.policy),
        settings=build_settings(settings),
        inputs=inputs.files,
        rubric_id=settings.rubric.rubric_id,
        rubric_hashes=dict(engine.rows("write/wordings")),
        counts=dict(counts),
        splits=dict(engine.rows("write/split_sizes")),
        dropped=dropped,
        steps=steps,
        conflicts={
            rater: {"conflicts": conflicts, "contradictions": contradictions}
            for rater, conflicts, contradictions in engine.rows("write/conflicts")
        },
        boilerplate=_boilerplate(engine),
        groups={"groups": n_groups, "largest": largest},
        tokens=token_counts(engine),
        rater_weights=weighing.told_weights(engine),
        length=length,
        trust=trust,
        rewards=rewards,
        bias=leaning,
        warnings=(
            *_warnings(engine, counts, largest, paired),
            *token_warnings(engine),
            *_not_calibrated(engine, trust),
            *reward_warnings(rewards, score.reward_model if score.reward_deltas else None),
            *bias_warnings(leaning, limits),
        ),
        at=now,
    )


def _boilerplate(engine: Engine) -> dict[str, int]:
    if engine.values["boilerplate"] is None:
        return {}
    texts, answers, most = engine.rows("boilerplate/summary")[0]
    return {"texts": texts, "answers": answers, "most_prompts": most}


def _not_calibrated(engine: Engine, trust: Trust) -> list[str]:
    if not engine.values["calibrate"] or trust.calibration is not None:
        return []
    return [
        (
            f"[score] calibrate: people and judge compared {counted(trust.pairs, 'pair')} on the "
            f"overlap, and {FEWEST_TO_CALIBRATE} with a judge's scores are the least; "
            "it gives no delta"
        )
    ]


def _warnings(engine: Engine, counts: Mapping[str, int], largest: int, paired: int) -> list[str]:
    found = []
    strangers = engine.count("strangers")
    if strangers:
        found.append(
            counted(strangers, "vote is on a prompt", "votes are on prompts") + " that no pull has"
        )
    if largest > 1 and largest > LARGE_GROUP * paired:
        found.append(
            f"one group of prompts that share pictures holds {largest} of {paired} paired prompts; "
            "it goes to one split whole"
        )
    found += [
        f"benchmark {benchmark!r}: {counted(rows, 'row or answer', 'rows or answers')} could "
        f"not be read ({reason})"
        for benchmark, reason, rows in engine.rows("decontaminate/unread")
    ]
    found += weighing.weight_warnings(engine)
    if counts["candidates"] and not counts["pairs"]:
        found.append("no pair came out; curate status says what is missing")
    return found
