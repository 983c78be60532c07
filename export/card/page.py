"""The card as a page: the head in YAML, what to know at a glance, then a section a question."""

from collections.abc import Iterator, Sequence

from export.card import text_leanings, text_origin, text_use, text_votes
from export.card.columns import columns, vote_columns
from export.card.facts import VOTES, CardFacts
from export.card.folder import Config
from export.card.front import front_matter
from export.card.licences import licence_of
from export.card.plots import shown
from export.card.safe import code, percent, prose, words
from export.card.snippets import loading, tracing
from export.card.text_example import example
from export.card.text_votes import interval
from schemas.counted import counted

LEVELS = {"human": "people", "judge": "judges alone", "source": "ratings of the sources alone"}


def page(facts: CardFacts, configs: Sequence[Config]) -> str:
    """README.md, its head included."""
    sections = (
        ("One of the pairs", example(facts.example)),
        ("What is in it", [*columns(configs[0]), *text_use.method(facts)]),
        ("Where it comes from", text_origin.sources(facts, configs)),
        ("What left on the way", [*text_origin.losses(facts), *_plots(facts, "funnel")]),
        ("What raters were asked", text_votes.rubric(facts)),
        ("Who rated", text_votes.raters(facts)),
        ("The raw votes", _votes(facts, configs)),
        ("Do people agree?", text_votes.people(facts)),
        ("Can the judge be trusted?", [*text_votes.judge(facts), *_calibration(facts)]),
        ("What a model could learn besides quality", _leanings(facts)),
        ("Splits and leakage", text_use.splits(facts, configs)),
        ("What it cost", text_use.cost(facts)),
        ("Load it", loading(facts, configs)),
        ("Limits", text_use.limits(facts, configs)),
        ("Citation", text_use.citation(facts)),
    )
    about = prose(facts.description)
    body = [f"# {words(facts.title, 100)}", *about, *_glance(facts, configs)]
    for title, paragraphs in sections:
        if said := list(paragraphs):
            body += [f"## {title}", *said]
    return front_matter(facts, configs) + "\n" + "\n\n".join(body) + "\n"


def _votes(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    """The config of raw votes, where the set has one."""
    for config in configs:
        if config.name == VOTES:
            yield text_votes.raw(facts, config.rows)
            yield from tracing(facts, configs)
            yield from vote_columns(config)


def _leanings(facts: CardFacts) -> Iterator[str]:
    yield from text_leanings.leanings(facts)
    yield from _plots(facts, "lengths")
    yield from _plots(facts, "margins")


def _calibration(facts: CardFacts) -> Iterator[str]:
    """How sure the judge may be, where a delta of the set is made of it."""
    if facts.shape.scaled:
        scaled = counted(facts.shape.scaled, "pair has", "pairs have")
        yield f"{scaled} a `delta` by the judge's calibration, which this chart shows:"
        yield from _plots(facts, "calibration")


def _plots(facts: CardFacts, name: str) -> Iterator[str]:
    return (shown(plot) for plot in facts.plots if plot.name == name)


def _glance(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    """What it is in two sentences, then the numbers that decide whether to read on."""
    shape, rows = facts.shape, configs[0].rows
    pictures = f", {shape.with_media:,} of them with pictures or clips" if shape.with_media else ""
    yield (
        f"{counted(rows, 'preference pair')}. Each is a prompt with one answer that raters prefer "
        f"and one that they do not; the build has {counted(shape.prompts, 'prompt')}{pictures}, "
        f"and answers by {counted(shape.models, 'model')}{_rated_by(facts)}."
    )
    answers = (
        ("**Rows**", ", ".join(f"{split.rows:,} {split.name}" for split in configs[0].splits)),
        (f"**Decided by**{_of_built(facts, rows)}", _levels(facts)),
        ("**Two people agree**", _people(facts)),
        ("**The judge agrees with people**", _judge(facts)),
        ("**The longer answer is chosen**", _longer(facts)),
        ("**Languages**", ", ".join(code(name) for name in facts.languages)),
        ("**Licence**", _licence(facts)),
        (
            "**Build**",
            f"{code(facts.manifest.build_id)} by pairwright {words(facts.manifest.version)}",
        ),
    )
    yield "\n".join(f"- {name}: {said}" for name, said in answers if said)


def _rated_by(facts: CardFacts) -> str:
    """Who rated, as counts of each kind."""
    found = facts.raters
    kinds = (
        (found.people, "person", "people"),
        (len({it.name for it in found.judges}), "judge", "judges"),
        (found.sources, "rater of a source", "raters of sources"),
    )
    *others, last = [counted(count, one, many) for count, one, many in kinds if count] or [""]
    listed = f"{', '.join(others)} and {last}" if others else last
    return f", rated by {listed}" if listed else ""


def _of_built(facts: CardFacts, rows: int) -> str:
    """What the levels are counted over, where the files lack pairs of the build."""
    pairs = facts.manifest.counts["pairs"]
    return "" if pairs == rows else f" (of {counted(pairs, 'pair')} built)"


def _levels(facts: CardFacts) -> str:
    found = facts.shape.levels
    return ", ".join(f"{said}: {found[name]:,}" for name, said in LEVELS.items() if found.get(name))


def _people(facts: CardFacts) -> str:
    groups = facts.quality.groups if facts.quality else ()
    found = next((it.pair_agreement for it in groups if it.group == "human"), None)
    if found is None or found.value is None:
        return "not known"
    return f"in {interval(found)} of {counted(found.n, 'comparison')} that they share"


def _judge(facts: CardFacts) -> str:
    trust = facts.manifest.trust
    if trust is not None and trust.accuracy is not None:
        return f"in {interval(trust.accuracy)} of {counted(trust.decided, 'comparison')}"
    return "not validated against people" if facts.raters.judges else ""


def _longer(facts: CardFacts) -> str:
    found = facts.manifest.length.overall
    return f"in {percent(found.longer_wins)} of pairs" if found else ""


def _licence(facts: CardFacts) -> str:
    found = licence_of(source.licence for source in facts.sources)
    if found.unknown:
        return "**not known for every source**"
    return code(found.hub_id or "") if found.hub_id != "other" else words(found.details or "", 120)
