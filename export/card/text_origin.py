"""Where a set comes from, what its licence is, and what left on the way."""

from collections.abc import Iterator, Sequence

from export.card.facts import CardFacts, Left, Source, Stage
from export.card.folder import Config
from export.card.licences import known, licence_of
from export.card.safe import code, table, words
from schemas.counted import counted

MOST_ROWS = 20
MOST_REASONS = 40


def sources(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    """The sources with their counts, then the licence in words."""
    rows = [_source(source) for source in facts.sources[:MOST_ROWS]]
    columns = ("source", "licence", "prompts", "answers", "refused", "pairs here")
    yield table(columns, rows, "prompts|answers|refused|pairs here")
    if len(facts.sources) > MOST_ROWS:
        yield f"and {counted(len(facts.sources) - MOST_ROWS, 'more source')}."
    yield (
        "*Refused* are prompts, answers and scores of the source that could not be taken in, for "
        "reasons that the next section has; *pairs here* stand on the "
        "source's prompts, and a prompt that two sources have counts for both."
    )
    yield _licence(facts, configs)


def _licence(facts: CardFacts, configs: Sequence[Config]) -> str:
    found = licence_of(source.licence for source in facts.sources)
    row = " The column `licence` says it row by row." if _by_row(configs) else ""
    if found.unknown:
        named = sorted({source.name for source in facts.sources if known(source.licence) is None})
        shown = ", ".join(code(name) for name in named[:MOST_ROWS])
        more = f" and {len(named) - MOST_ROWS} more" if len(named) > MOST_ROWS else ""
        return (
            f"**The licence of {shown or 'the sources'}{more} is not known.** So this set states "
            f"none: before you use it, find out what its sources allow.{row}"
        )
    if found.hub_id != "other":
        return f"All sources are under one licence, {code(found.hub_id or '')}."
    if found.details and len({source.licence for source in facts.sources}) > 1:
        return f"The sources have several licences; each holds for its own rows.{row}"
    return f"The sources' licence has no name on the Hub: {words(found.details or '')}."


def _by_row(configs: Sequence[Config]) -> bool:
    return "licence" in configs[0].features


def _source(source: Source) -> tuple[str, ...]:
    revision = f" at {code(source.revision, 12)}" if source.revision else ""
    licence = known(source.licence)
    return (
        code(source.name) + revision,
        "not known" if licence is None else words(licence, 60),
        f"{source.prompts:,}",
        f"{source.answers:,}",
        f"{source.refused:,}",
        f"{source.pairs:,}",
    )


def losses(facts: CardFacts) -> Iterator[str]:
    """Each step with what came, stayed and left, then the reasons, then what the files lack."""
    rows = [_stage(stage) for stage in facts.stages]
    yield table(("of", "step", "came", "left", "stayed"), rows, "came|left|stayed")
    if any(stage.unit == "votes" for stage in facts.stages):
        yield (
            "*Votes* are single ones: a score by one metric, or a place in an order, that one "
            "rater gives one answer. So they are more than judgements, or rows of the config "
            "`votes`."
        )
    if ties := facts.manifest.counts.get("ties", 0):
        pairs = facts.manifest.counts["pairs"]
        yield (
            f"*Compared answers* are every two answers to one prompt that a rater compared. Those "
            f"that stayed are {counted(pairs, 'pair')} and {counted(ties, 'tie')}."
        )
    why = [_left(left, stage.unit) for stage in facts.stages for left in stage.left]
    why += [_left(left, "pairs, not in the files") for left in facts.refused]
    if why:
        yield "They left because of:"
        yield table(("reason", "rows", "of"), why[:MOST_REASONS], "rows")
    if len(why) > MOST_REASONS:
        yield f"and {counted(len(why) - MOST_REASONS, 'more reason')}."
    if facts.refused:
        yield "Figures below are over all pairs of the build, those not in the files included."


def _stage(stage: Stage) -> tuple[str, ...]:
    return (
        stage.unit,
        code(stage.step),
        f"{stage.came:,}",
        f"{stage.came - stage.kept:,}",
        f"{stage.kept:,}",
    )


def _left(left: Left, unit: str) -> tuple[str, ...]:
    said = f"{code(left.reason)}: {words(left.meaning)}" if left.meaning else code(left.reason)
    return said, f"{left.count:,}", unit
