"""How the set is divided, what it cost, what it is not good for, and how to name it."""

import re
from collections.abc import Iterator, Sequence

from export.card.facts import CardFacts
from export.card.folder import Config, Split
from export.card.safe import code, line, percent, table, words
from schemas.counted import counted

FEW_TO_TEST = 200
"""Pairs below which a share has an interval of more than seven points to each side."""

MOST_BENCHMARKS = 20
MOST_WARNINGS = 10

POLICIES = {
    "mllm-dpo": "the best answer against one drawn from those that lose to it by the margin or "
    "more, one pair a prompt",
    "all-ranked": "every two answers of which raters prefer one",
    "best-vs-worst": "the two answers that lie furthest apart, one pair a prompt",
    "best-vs-rest": "the best answer against each that loses to it",
    "adjacent": "two answers that follow each other in the order",
}


def method(facts: CardFacts) -> Iterator[str]:
    """How votes became pairs, in a sentence or two."""
    settings = facts.manifest.settings.get("pairs", {})
    policy = facts.manifest.policy
    yield (
        f"Pairs follow the policy {code(policy)}: {POLICIES.get(policy, 'see its settings')}. "
        "Scores are compared within one rater's judgement and then averaged over raters. Where a "
        "person compared two answers, judges do not count."
    )
    margin = settings.get("min_margin")
    if isinstance(margin, int | float):
        yield f"A scored pair needs a margin of at least {margin:g} weighted points."


def splits(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    """Rows by config and split, then what keeps the splits apart."""
    rows = [_split(config, split) for config in configs for split in config.splits]
    yield table(("config", "split", "rows", "files", "size"), rows, "rows|files|size")
    groups = facts.manifest.groups
    by = facts.manifest.settings.get("split", {}).get("group_by")
    ties = (
        "a picture, also in another size or encoding, or a nearly identical question that is not "
        "just a common instruction"
    )
    if len(configs[0].splits) < 2:
        yield "There is one split only: nothing is held back to test with."
    elif by == "media" and groups:
        yield (
            f"Prompts that share {ties} are in one split whole: "
            f"{counted(groups['groups'], 'group')}, the largest of "
            f"{counted(groups['largest'], 'prompt')}."
        )
    yield (
        "**Leakage audit.** A build in which a group stands on two sides is refused. Counted again "
        f"in the pairs: {counted(facts.shape.leaks, 'prompt or medium', 'prompts or media')} (by "
        "id and by bytes) in more than one split."
    )
    yield from _decontaminated(facts)


def _split(config: Config, split: Split) -> tuple[str, ...]:
    size = sum(file.size for file in split.files)
    files = f"{len(split.files):,}"
    return code(config.name), code(split.name), f"{split.rows:,}", files, megabytes(size)


def _decontaminated(facts: CardFacts) -> Iterator[str]:
    named = [str(it["name"]) for it in facts.manifest.settings.get("decontaminate", [])]
    if not named:
        yield "**Decontamination.** The set was compared with no benchmark."
        return
    reasons = facts.manifest.dropped.get("decontaminate", {})
    lost = sum(reasons.values())
    shown = ", ".join(code(name) for name in named[:MOST_BENCHMARKS])
    more = len(named) - MOST_BENCHMARKS
    rest = f" and {more:,} more" if more > 0 else ""
    yield (
        f"**Decontamination.** Compared with {shown}{rest}, by pictures and by texts: "
        f"{counted(lost, 'row')} left."
    )


def megabytes(size: int) -> str:
    """A size as people read it."""
    if size < 10**6:
        return f"{max(1, round(size / 1000)):,} kB"
    return f"{size / 10**6:,.1f} MB" if size < 10**9 else f"{size / 10**9:,.2f} GB"


def cost(facts: CardFacts) -> Iterator[str]:
    """Dollars and tokens of judges, hours of people, for all judgements that were asked for."""
    found = facts.cost
    tokens = found.input_tokens + found.output_tokens
    pairs = facts.manifest.counts["pairs"]
    if tokens or found.usd:
        each = f", {found.usd / pairs:.4f} USD a pair" if pairs and found.usd else ""
        yield (
            f"Judges took {found.input_tokens:,} tokens in and {found.output_tokens:,} out; "
            f"{found.usd:,.2f} USD are recorded for them{each}."
        )
        if found.without_price:
            yield (
                f"For {counted(found.without_price, 'judge')} no price was known or none was due, "
                "so dollars are counted for the others only."
            )
    elif facts.raters.judges:
        yield "What the judges took is not recorded."
    if found.hours:
        yield f"People took {found.hours:,.1f} hours, as their page measured."
    elif facts.raters.people:
        yield "How long people took is not known, nor what they were paid."
    if not (tokens or found.usd or found.hours or facts.raters.people or facts.raters.judges):
        yield "Nothing was recorded: the ratings came with the sources."


def limits(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    """What a reader should not conclude, as a list."""
    yield "\n".join(f"- {said}" for said in _limits(facts, configs))


def _limits(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    shape, pairs = facts.shape, facts.manifest.counts["pairs"]
    yield "Chosen means preferred to the rejected answer, not right: both may be wrong."
    if shape.one_rater and pairs:
        yield (
            f"{percent(shape.one_rater / pairs)} of pairs rest on the word of one rater, with whom "
            "nobody could agree or disagree."
        )
    if shape.no_margin:
        yield counted(
            shape.no_margin,
            "pair comes from ranks alone and has no margin.",
            "pairs come from ranks alone and have no margin.",
        )
    for split in configs[0].splits:
        if split.name != "train" and split.rows < FEW_TO_TEST:
            yield f"{code(split.name)} has {counted(split.rows, 'row')}: too few to measure with."
    if facts.raters.judges:
        yield "Judges are models: they share mistakes with models that are trained on their word."
    if not facts.languages:
        yield "Which languages the texts are in is not recorded."
    yield "Texts and pictures are as the sources had them; no search for personal data is recorded."
    warnings = facts.manifest.warnings
    yield from (f"The build warned: {words(said)}" for said in warnings[:MOST_WARNINGS])
    if len(warnings) > MOST_WARNINGS:
        yield f"and warned of {len(warnings) - MOST_WARNINGS:,} more."


PAPERS = """\
@inproceedings{zhang2025mmrlhf,
  title = {{MM-RLHF}: The Next Step Forward in Multimodal {LLM} Alignment},
  author = {Zhang, Yi-Fan and others},
  booktitle = {International Conference on Machine Learning (ICML)},
  year = {2025},
  eprint = {2502.10391},
  archivePrefix = {arXiv}
}

@inproceedings{li2024multimodal,
  title = {Multi-modal Preference Alignment Remedies Degradation of Visual Instruction Tuning
           on Language Models},
  author = {Li, Shengzhi and Lin, Rongyu and Pei, Shichao},
  booktitle = {Annual Meeting of the Association for Computational Linguistics (ACL)},
  year = {2024},
  eprint = {2402.10884},
  archivePrefix = {arXiv}
}"""


def citation(facts: CardFacts) -> Iterator[str]:
    """BibTeX of this set, and of the two papers that its method follows."""
    yield f"```bibtex\n{bibtex(facts)}\n\n{PAPERS}\n```"
    yield "The method follows the two papers; the data are of the sources above: cite those too."


def page_of(facts: CardFacts) -> str | None:
    """The set's page at the Hub it went to; a name and password in its address stay here."""
    if facts.url is not None:
        return re.sub(r"(?<=://)[^/]*@", "", line(facts.url))
    return f"https://huggingface.co/datasets/{facts.repo}" if facts.repo else None


def bibtex(facts: CardFacts) -> str:
    """The entry of this set."""
    manifest = facts.manifest
    title = "".join(char for char in line(facts.title, 100) if char not in "{}\\%$#&_^~`")
    page = page_of(facts)
    where = f"\n  url = {{{page}}}," if page else ""
    return (
        f"@misc{{pairs{manifest.build_id[:12]},\n  title = {{{title}}},"
        f"\n  year = {{{manifest.at.year}}},{where}"
        f"\n  note = {{Build {manifest.build_id}, made with pairwright {line(manifest.version)}}}"
        "\n}"
    )
