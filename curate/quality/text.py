"""What `curate report` says of agreement and raters, and the file that keeps all of it."""

from collections.abc import Sequence
from pathlib import Path

from curate.console import Console
from schemas.quality import Figure, GroupAgreement, HardPair, Quality

NAME = "quality.json"
SHOWN_RATERS = 20
SHOWN_PROMPTS = 5


def write_quality(found: Quality, folder: Path) -> Path:
    """Write all figures beside the report; return the file's path."""
    path = folder / NAME
    part = path.with_name(f".{NAME}.part")
    part.write_text(found.model_dump_json(indent=2), "utf-8")
    part.replace(path)
    return path


def show_quality(console: Console, found: Quality) -> None:
    """The headline by group, alphas by metric, raters to look at and the hardest pairs."""
    console.table(
        "Agreement within prompts [95 % interval]",
        ("between", "two answers", "comparisons", "tau-b"),
        [
            (it.group, told(it.pair_agreement), it.pair_agreement.n, told(it.tau_b))
            for it in found.groups
        ],
    )
    console.table(
        "Krippendorff's alpha by metric, of scores less the rater's mean of the prompt",
        ("between", "metric", "centred", "plain", "ordinal", "kappa"),
        [row for it in found.groups for row in metric_rows(it)],
    )
    suspect = [it for it in found.raters if it.careless]
    console.table(
        "Raters to look at",
        ("rater", "why", "votes", "agreement", "reliability", "ability"),
        [
            (
                it.rater,
                ", ".join(it.careless),
                it.votes,
                told(it.agreement),
                told(it.reliability),
                it.why_not if it.ability is None else f"{it.ability:.2f}",
            )
            for it in suspect[:SHOWN_RATERS]
        ],
    )
    console.table(
        "Prompts with the pairs that raters tell apart worst",
        ("prompt", "by", "one : tie : other", "difficulty"),
        [
            (
                it.prompt_id,
                it.kind,
                f"{it.for_one} : {it.ties} : {it.for_other}",
                f"{it.difficulty:.2f}",
            )
            for it in _one_a_prompt(found.hardest)[:SHOWN_PROMPTS]
        ],
    )


def _one_a_prompt(pairs: Sequence[HardPair]) -> list[HardPair]:
    """The first pair of each prompt, in their order."""
    found: dict[str, HardPair] = {}
    for it in pairs:
        found.setdefault(it.prompt_id, it)
    return list(found.values())


def metric_rows(group: GroupAgreement) -> list[tuple[str, ...]]:
    """A row a metric that two raters of the group scored."""
    return [
        (
            group.group,
            it.metric,
            *map(told, (it.alpha_centred, it.alpha_interval, it.alpha_ordinal, it.kappa)),
        )
        for it in group.metrics
        if it.alpha_interval.n
    ]


def told(figure: Figure) -> str:
    """`0.926 [0.913, 0.938]`; nothing where there is no value."""
    if figure.value is None:
        return ""
    value = f"{figure.value:.3f}"
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{figure.low:.3f}, {figure.high:.3f}]"
