"""What a build says of its judge in words: a line or two in the terminal."""

from collections.abc import Iterator

from schemas.counted import counted
from schemas.quality import Figure
from schemas.trust import Trust


def trust_lines(found: Trust) -> Iterator[str]:
    """How the judge did against people, what that lets through, and how much more it takes."""
    if found.accuracy is None:
        if found.judged_pairs:
            yield (
                f"{counted(found.judged_pairs, 'pair is', 'pairs are')} by judges alone, not "
                f"validated against people: {_why_unchecked(found)}."
            )
        return
    yield (
        f"The judge against people, {counted(found.decided, 'pair')} of "
        f"{counted(found.prompts, 'prompt')} drawn by chance: right on {shown(found.accuracy)}, "
        f"the longer answer on {_percent(found.longer)}: {_verdict(found)}."
    )
    if found.person is not None and found.person.value is not None:
        yield (
            f"One person agrees with the others on {shown(found.person)}, "
            f"the judge with the same others on {shown(found.judge_with_others)}."
        )
    if found.more_prompts:
        yield (
            "An interval as narrow as [score] interval asks for takes people's votes on about "
            f"{counted(found.more_prompts, 'more prompt')} of the overlap."
        )


def shown(figure: Figure | None) -> str:
    """A share with its interval, in per cent."""
    if figure is None or figure.value is None:
        return "-"
    if figure.low is None:
        return _percent(figure.value)
    return f"{_percent(figure.value)} [{_percent(figure.low)}, {_percent(figure.high)}]"


def _verdict(found: Trust) -> str:
    if found.verdict == "proven":
        return "proven"
    said = f"not proven, the lower bound must be above {_percent(found.bar)} over 20 prompts"
    alone = counted(found.judged_pairs, "pair by judges alone is", "pairs by judges alone are")
    return f"{said}; the {alone} not exported"


def _why_unchecked(found: Trust) -> str:
    if not found.drawn:
        return "no overlap was drawn (curate route)"
    return f"people have voted on none of the {found.drawn:,} prompts of the overlap"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"
