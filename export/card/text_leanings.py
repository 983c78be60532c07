"""What a model could learn from the pairs besides the better answer: lengths, places, models."""

from collections.abc import Iterator

from export.card.facts import CardFacts
from export.card.safe import percent, table
from export.card.text_votes import interval
from schemas.bias import Probe
from schemas.counted import counted

PROBES = {
    "first_shown.human": "People take the answer shown first",
    "first_shown.judge": "A judge takes the answer shown first",
    "first_shown.source": "Raters of sources take the answer shown first",
    "swap_flips": "A judge prefers another answer once their order is swapped",
    "own_family": "A judge prefers an answer by its own family of models",
    "own_family_excess": "The same, more often than people do, by",
    "longer_at_equal": "A judge prefers the longer of answers that people hold equal",
    "refusal.human": "People prefer a refusal to an answer",
    "refusal.judge": "A judge prefers a refusal to an answer",
}


def leanings(facts: CardFacts) -> Iterator[str]:
    """Lengths of both sides, then rules that look at no content, then habits of raters."""
    yield from _lengths(facts)
    yield from _rules(facts)
    yield from _probes(facts)


def _lengths(facts: CardFacts) -> Iterator[str]:
    found = facts.manifest.length.overall
    if found is None:
        yield "Lengths of the answers were not looked at."
        return
    equal = (
        f" and as long as the other in {percent(found.equal / found.pairs)}" if found.equal else ""
    )
    yield (
        f"The chosen answer is the longer one in {percent(found.longer_wins)} of pairs{equal}; "
        f"medians are {found.chosen_characters:,.0f} characters chosen and "
        f"{found.rejected_characters:,.0f} rejected."
    )
    control = facts.manifest.length.control
    if control is not None:
        yield (
            "With the models' strength taken out, an answer that is longer by "
            f"{control.deviation:,.0f} characters (one standard deviation of the differences) wins "
            f"{percent(control.longer_wins)}, by a fit to "
            f"{counted(control.comparisons, 'pair or tie', 'pairs and ties')}; 50 % would be no "
            "leaning."
        )
    if facts.manifest.length.weights is not None:
        yield "The column `length_weight` evens lengths out: sample or weigh by it."


def _rules(facts: CardFacts) -> Iterator[str]:
    found = facts.manifest.bias.overall
    if found is None:
        return
    rules = (
        ("take the longer answer", found.longer),
        ("take the answer of the model that wins more elsewhere", found.model),
        ("take the answer shown first", found.first),
    )
    rows = [
        (name, interval(figure), f"{figure.n:,}")
        for name, figure in rules
        if figure.value is not None
    ]
    rows.append(("toss a coin", percent(found.coin), "-"))
    yield table(("rule without a look at content", "right on", "pairs"), rows, "pairs")
    yield (
        "A rule that cannot tell, since both answers are equally long, say, counts half. A reward "
        "model that is right no more often than these may have learned nothing else."
    )


def _probes(facts: CardFacts) -> Iterator[str]:
    found = facts.manifest.bias.probes
    rows = [
        _probe(said, found[name])
        for name, said in PROBES.items()
        if name in found and found[name].figure.low is not None
    ]
    if rows:
        yield "Habits of raters, of those that have votes enough for an interval:"
        yield table(("habit", "share", "no leaning", "comparisons"), rows, "comparisons")


def _probe(said: str, probe: Probe) -> tuple[str, ...]:
    neutral = "not known" if probe.neutral is None else percent(probe.neutral)
    mark = " **beyond the limit**" if probe.above else ""
    return said + mark, interval(probe.figure), neutral, f"{probe.figure.n:,}"
