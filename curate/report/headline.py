"""What the report says first: the numbers of the build, and what to do next about them."""

from collections.abc import Iterator, Sequence

from curate.length.text import percent
from curate.report.funnel import Exported
from schemas.counted import counted
from schemas.manifest import BuildManifest
from schemas.quality import Quality

MUCH_LONGER = 0.65
"""Share of longer answers among the chosen from which the page speaks of it."""


def tiles(manifest: BuildManifest) -> list[tuple[str, int]]:
    """(what, how many), from what came in to the splits that came out."""
    counts = manifest.counts
    named = [
        ("prompts", "prompts"),
        ("answers", "candidates"),
        ("pairs", "pairs"),
        ("ties", "ties"),
    ]
    splits = [(f"pairs in {split}", count) for split, count in manifest.splits.items()]
    return [(word, counts[name]) for word, name in named] + splits


def next_steps(
    manifest: BuildManifest, quality: Quality | None, exported: Sequence[Exported]
) -> list[str]:
    """What the figures ask for, the most pressing first."""
    if not manifest.counts["pairs"]:
        return ["Nothing came out: the funnel says where rows left, curate status what is missing."]
    return [
        *_about_the_judge(manifest),
        *_about_raters(quality),
        *_about_lengths(manifest),
        *([] if exported else ["The build is not exported yet: curate export --format trl."]),
    ]


def _about_the_judge(manifest: BuildManifest) -> Iterator[str]:
    found = manifest.trust
    if found is None or not found.judged_pairs:
        return
    alone = f"{counted(found.judged_pairs, 'pair is', 'pairs are')} by judges alone"
    if found.verdict == "unproven":
        yield f"{alone} and not in exports, since the judge is not proven against people."
    if found.verdict == "unchecked":
        yield f"{alone}, and people have not voted on the overlap: curate label push."
    if found.more_prompts:
        yield (
            "The wished interval takes people's votes on "
            f"{counted(found.more_prompts, 'more prompt')} of the overlap."
        )


def _about_raters(quality: Quality | None) -> Iterator[str]:
    careless = [rater.rater for rater in quality.raters if rater.careless] if quality else []
    if careless:
        more = f" and {len(careless) - 3} more" if len(careless) > 3 else ""
        yield f"Look at the votes of {', '.join(careless[:3])}{more}: their habits are suspect."


def _about_lengths(manifest: BuildManifest) -> Iterator[str]:
    overall = manifest.length.overall
    settings = manifest.settings["pairs"]
    acted = settings.get("length_weights") or settings.get("cap", {}).get("longer") is not None
    if overall is not None and overall.longer_wins >= MUCH_LONGER and not acted:
        yield (
            f"The longer answer is chosen in {percent(overall.longer_wins)} of pairs: a model may "
            "learn length from them. [pairs] length_weights or [pairs.cap] longer acts on it."
        )
