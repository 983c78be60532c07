"""What raters were asked, who they are, and how far they can be believed."""

from collections.abc import Iterator

from export.card.facts import VOTES, CardFacts, Judge
from export.card.safe import code, percent, table, words
from schemas.counted import counted
from schemas.quality import Figure, GroupAgreement
from schemas.rubric import Metric, scales_of
from schemas.trust import Trust

MOST_JUDGES = 12
MOST_METRICS = 30
TOTAL = "total"
"""What the figures of agreement call the weighted sum of all metrics."""


def rubric(facts: CardFacts) -> Iterator[str]:
    """The metrics with scale, weight and question, then the words for their steps."""
    weights = facts.manifest.settings.get("weights", {})
    if facts.rubric is None:
        scales = scales_of(facts.manifest.rubric_id)
        shown = [
            (code(name), _scale(low, high), f"{weights.get(name, 0):g}")
            for name, (low, high) in list(scales.items())[:MOST_METRICS]
        ]
        yield table(("metric", "scale", "weight"), shown, "weight")
        yield "The wording that raters read is not at hand any more."
        return
    metrics = facts.rubric.metric[:MOST_METRICS]
    rows = [_metric(metric, weights) for metric in metrics]
    yield table(("metric", "scale", "weight"), rows, "weight")
    if any(_weight(metric, weights) == 0 for metric in metrics):
        yield "A metric of weight 0 was asked and does not decide which answer is chosen."
    if facts.rubric.ranking:
        yield "Raters also rank the answers, ties allowed."
    if len(facts.manifest.rubric_hashes) > 1:
        wordings = len(facts.manifest.rubric_hashes)
        yield f"Votes were given by {wordings:,} wordings of these metrics; this is one of them."
    if steps := "\n".join(_steps(metric) for metric in facts.rubric.metric if metric.levels):
        yield f"<details><summary>What each step means</summary>\n\n{steps}\n\n</details>"


def _scale(low: float, high: float) -> str:
    return f"{low:g} to {high:g}".replace(" ", "\N{NO-BREAK SPACE}")


def _metric(metric: Metric, weights: dict[str, float]) -> tuple[str, ...]:
    weight = f"{_weight(metric, weights):g}"
    return f"{code(metric.name)}: {words(metric.question)}", _scale(metric.min, metric.max), weight


def _weight(metric: Metric, weights: dict[str, float]) -> float:
    return weights.get(metric.name, metric.weight)


def _steps(metric: Metric) -> str:
    said = "; ".join(f"{code(step)} {words(text)}" for step, text in metric.levels.items())
    return f"- {code(metric.name)}: {said}"


def raters(facts: CardFacts) -> Iterator[str]:
    """How many people, which judges in which versions, and what sources brought."""
    found = facts.raters
    rows: list[tuple[str, ...]] = []
    if found.people:
        rows.append(
            (counted(found.people, "person", "people"), "-", f"{found.people_judgements:,}")
        )
    rows += [_judge(judge) for judge in found.judges[:MOST_JUDGES]]
    if len(found.judges) > MOST_JUDGES:
        rest = found.judges[MOST_JUDGES:]
        more = counted(len(rest), "more judge")
        rows.append((f"and {more}", "-", f"{sum(judge.judgements for judge in rest):,}"))
    if found.sources:
        told = counted(found.sources, "rater of a source", "raters of sources")
        rows.append((told, "-", f"{found.source_judgements:,}"))
    if not rows:
        yield "No judgement stands behind these pairs."
        return
    yield table(("rater", "version", "judgements"), rows, "judgements")
    yield (
        "*Judgements* are those behind the pairs and ties; one covers all answers that the rater "
        "saw together. People are counted here and not named: the ids of people in the columns "
        "`rater` are pseudonyms, `h-` and hex digits where pairwright gave them, else the source's."
    )
    if not found.people:
        yield "**No person rated these pairs.**"
    if not found.judges:
        yield "No judge model rated these pairs."


def raw(facts: CardFacts, rows: int) -> str:
    """What the config of raw votes holds, and which votes it does not."""
    left = "; ".join(
        f"{code(it.reason)}: {it.count:,}{f' ({it.meaning})' if it.meaning else ''}"
        for it in facts.refused_votes
    )
    return (
        f"The config {code(VOTES)} holds {counted(rows, 'row')} of raw votes behind the means, so "
        "that they can be aggregated anew: a row is what one judgement says of one answer, by all "
        "metrics, votes on prompts without a pair included. Rows of one judgement share "
        "`event_id`. " + (f"Rows that are not in it: {left}." if left else "")
    ).rstrip()


def _judge(judge: Judge) -> tuple[str, ...]:
    version = code(judge.version) if judge.version else "not told"
    kind = " (reward model)" if judge.kind == "reward_model" else ""
    return code(judge.name) + kind, version, f"{judge.judgements:,}"


def people(facts: CardFacts) -> Iterator[str]:
    """How often people prefer the same of two answers, and their agreement metric by metric."""
    quality = facts.quality
    group = next((it for it in quality.groups if it.group == "human"), None) if quality else None
    if group is None or not group.pair_agreement.n:
        yield "No two people compared the same answers, so their agreement is not known."
        return
    yield (
        f"Two people say the same of two answers in {interval(group.pair_agreement)} of "
        f"{counted(group.pair_agreement.n, 'comparison')} that they share (with the 95 % interval; "
        "prompts are drawn with all their votes). Where one prefers an answer and the other holds "
        f"them equal, that counts half. Kendall's tau-b within prompts is {_number(group.tau_b)}."
    )
    if rows := _alphas(group):
        yield table(("metric", "Krippendorff's alpha", "comparisons"), rows, "comparisons")
        yield (
            "Alpha is of scores less each rater's mean of the prompt: whether people see the same "
            "differences, however strict they are. 1 is full agreement, 0 is chance. All figures "
            "are over all votes, those on answers that left included."
        )


def _alphas(group: GroupAgreement) -> list[tuple[str, ...]]:
    return [
        (_metric_name(it.metric), _number(it.alpha_centred), f"{it.alpha_centred.n:,}")
        for it in group.metrics[:MOST_METRICS]
        if it.alpha_centred.value is not None
    ]


def _metric_name(name: str) -> str:
    return "weighted sum" if name == TOTAL else code(name)


def judge(facts: CardFacts) -> Iterator[str]:
    """The judge held against people, or the sentence that it was not."""
    trust = facts.manifest.trust
    judged = facts.shape.levels.get("judge", 0)
    if trust is None or trust.accuracy is None:
        if judged or facts.raters.judges:
            yield (
                f"{counted(judged, 'pair')} by judges alone: **not validated against people.** "
                "How often the judge prefers what people prefer is not known."
            )
        else:
            yield "No pair is by a judge."
        return
    judges = len({it.name for it in facts.raters.judges})
    yield from _against_people(trust, judged, judges, facts.raters.people)


def _against_people(trust: Trust, judged: int, judges: int, people: int) -> Iterator[str]:
    longer = percent(trust.longer)
    who = "the judges together prefer" if judges > 1 else "the judge prefers"
    yield (
        f"On {counted(trust.decided, 'comparison')} of {counted(trust.prompts, 'prompt')} that "
        f"nobody chose for the purpose, {who} what most people prefer in "
        f"{interval(trust.accuracy)}. Always taking the longer answer would be right in {longer} "
        "of these. They are any two answers that both rated, not the pairs of this set alone."
    )
    others = "the other person prefers" if people == 2 else "most of the other people prefer"
    if trust.person is not None and trust.person.value is not None:
        yield (
            f"Where {others} one of two answers, a person prefers the same in "
            f"{interval(trust.person)}, and the judge in {interval(trust.judge_with_others)}, over "
            f"{counted(trust.person.n, 'vote')} of one person; answers held equal count half. "
            "Comparisons that the judge did not make, or of which the others prefer neither, are "
            'left out here and not under "Do people agree?".'
        )
    bar = percent(trust.bar)
    alone = counted(judged, "pair by judges alone is", "pairs by judges alone are")
    if trust.verdict == "proven":
        yield (f"The lower bound is above {bar}, so the {alone} in the set.")
    else:
        yield (
            f"The lower bound is not above {bar} over 20 prompts: **the judge is not proven "
            f"against people**, and the {alone} left out."
        )


def interval(figure: Figure | None) -> str:
    """A share with its 95 % interval, in per cent."""
    if figure is None or figure.value is None:
        return "an unknown share"
    if figure.low is None or figure.high is None:
        return percent(figure.value)
    return f"{percent(figure.value)} ({bounds(figure.low * 100, figure.high * 100, 1)})"


def bounds(low: float, high: float, decimals: int) -> str:
    """An interval without a place to break it."""
    return f"{low:.{decimals}f}\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{high:.{decimals}f}"


def _number(figure: Figure) -> str:
    if figure.value is None:
        return "not known"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} ({bounds(figure.low, figure.high, 2)})"
