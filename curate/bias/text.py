"""What a build leans to, in words: one line for trivial rules, a warning for what is beyond."""

from collections.abc import Iterator

from curate.trust.text import shown
from schemas.bias import BiasReport
from schemas.config_pairs import LimitsSection

SAID = {
    "first_shown": "the answer shown first wins",
    "swap_flips": "a judge prefers the other answer when their order is swapped",
    "own_family": "a judge prefers an answer by its own family of models",
    "own_family_excess": "a judge prefers its own family more often than people do, by",
    "longer_at_equal": "a judge prefers the longer of answers that people hold equal",
    "refusal": "a refusal is preferred to an answer",
}


def bias_lines(found: BiasReport) -> Iterator[str]:
    """What a rule without a look at content would be right on."""
    rules = found.overall
    if rules is None:
        return
    said = [("the longer answer", rules.longer), ("the model's mean", rules.model)]
    said += [("the one shown first", rules.first)] if rules.first.n else []
    texts = [f"{name} {shown(figure)}" for name, figure in said if figure.value is not None]
    if texts:
        yield f"Rules that look at no content are right on: {', '.join(texts)} (a coin 50 %)."


def bias_warnings(found: BiasReport, limits: LimitsSection) -> Iterator[str]:
    """A line for each probe and rule that is beyond its limit."""
    for name, probe in found.probes.items():
        if probe.above:
            kind, _, part = name.partition(".")
            whose = f" ({part})" if part else ""
            yield (
                f"{SAID[kind]}{whose}: {shown(probe.figure)}, "
                f"beyond [limits] {kind} = {probe.limit:g}"
            )
    rules = found.overall
    if rules is None:
        return
    for name, figure in (("longer", rules.longer), ("model", rules.model)):
        limit = limits.of(f"{name}_rule")
        if limit is not None and figure.low is not None and figure.low > limit:
            what = "the longer answer" if name == "longer" else "the model that wins more elsewhere"
            yield (
                f"always taking {what} is right on {shown(figure)} of the pairs, "
                f"beyond [limits] {name}_rule = {limit:g}"
            )
