"""A vote in words, as HTML in which what the rater wrote is nothing but text."""

from collections.abc import Iterator, Mapping

from annotate.label_studio import names
from annotate.label_studio.cards import level_hint, title_of
from annotate.label_studio.pull_about import About
from annotate.label_studio.safe_text import as_html, as_words
from schemas.event import Answer, Event
from schemas.rubric import OVERALL, Rubric

WORDS = {event: page for page, event in names.VERDICTS.items()}
FLAG_WORDS = {event: page for page, event in names.FLAG_NAMES.items()}
WRITTEN = "the written answer"


def vote_words(
    event: Event, about: About, rubric: Rubric, written: str | None = None
) -> dict[str, str]:
    """The data fields that say a vote: one for the whole and one for every answer.

    `written` is the answer that the rater wrote.
    """
    given = {answer.candidate_id: answer for answer in event.answers}
    fields = {names.VOTE: _block(_whole(event, about, written))}
    for letter, candidate_id in zip(about.letters, about.candidate_ids, strict=True):
        lines = _of_answer(event, candidate_id, given.get(candidate_id), rubric)
        fields[names.said(letter)] = _block(lines)
    return fields


def _whole(event: Event, about: About, written: str | None) -> Iterator[str]:
    if event.verdict:
        yield _line("Verdict", WORDS[event.verdict])
    if event.tiers and event.verdict == "ranked":
        yield _line("Order", _order(event.tiers, about))
    if written:
        yield _line("Written", written)
    if event.rationale:
        yield _line("Why", event.rationale)
    if event.flags:
        yield _line("Flags", ", ".join(FLAG_WORDS.get(flag, flag) for flag in event.flags))


def _order(tiers: tuple[tuple[str, ...], ...], about: About) -> str:
    """`B, then A = C`: best first, equals together."""
    called = dict(zip(about.candidate_ids, about.letters.upper(), strict=True))
    return ", then ".join(" = ".join(called.get(it, WRITTEN) for it in tier) for tier in tiers)


def _of_answer(
    event: Event, candidate_id: str, given: Answer | None, rubric: Rubric
) -> Iterator[str]:
    places = [tier for tier in event.tiers or () if candidate_id in tier]
    if places and event.verdict == "ranked":
        yield _line("Place", str((event.tiers or ()).index(places[0]) + 1))
    if given and given.scores:
        scores = "".join(_scores(given.scores, rubric))
        yield f'<div class="pw-scores">{scores}</div>'
    for metric, reason in (given.rationales if given else {}).items():
        yield _line("Why" if metric == OVERALL else metric, reason)


def _scores(scores: Mapping[str, float], rubric: Rubric) -> Iterator[str]:
    """The scores in the order of the page's metrics; what a step means is under the mouse."""
    metrics = {metric.name: metric for metric in rubric.metric}
    for name in sorted(scores, key=lambda it: [*metrics, it].index(it)):
        value, metric = scores[name], metrics.get(name)
        title = title_of(metric) if metric else name
        hint = as_words(level_hint(metric, round(value)) if metric else f"{value:g}")
        yield f'<span title="{as_html(hint)}">{as_html(title)} <b>{value:g}</b></span>'


def _line(what: str, text: str) -> str:
    return f'<div class="pw-line"><i>{as_html(what)}:</i> {as_html(text)}</div>'


def _block(lines: Iterator[str]) -> str:
    said = "".join(lines) or '<div class="pw-line"><i>nothing</i></div>'
    return f"<div>{said}</div>"
