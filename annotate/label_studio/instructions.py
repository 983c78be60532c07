"""The annotators' instructions, made from the rubric: HTML that Label Studio shows them."""

import html
from collections.abc import Collection, Iterator

from annotate.label_studio import names
from annotate.label_studio.cards import title_of
from annotate.label_studio.keys import FLAG_KEYS, VERDICT_KEYS, place_keys
from annotate.label_studio.shape import Shape
from schemas.rubric import Metric, Rubric


def instructions(rubric: Rubric, shape: Shape, ask: Collection[str]) -> str:
    """What is asked, what every step of a scale means, and the keys."""
    parts = [_paragraph(" ".join(rubric.instructions.split()))]
    parts.append(_paragraph(_reasons(ask)))
    if "ranking" in ask:
        parts += _ranking()
    if "metrics" in ask:
        parts += [_metric(metric) for metric in rubric.metric]
    parts += _flags()
    parts += _submitting()
    parts.append(_keys(shape, ask))
    parts.append(_paragraph("Work in the label stream: the button Label All Tasks opens it."))
    return "\n".join(part for part in parts if part)


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>" if text else ""


def _reasons(ask: Collection[str]) -> str:
    """What the page has for words; a rubric may ask for a reason for each score."""
    if "reasons" not in ask:
        return "The page asks for no reasons in words."
    return (
        "For reasons in words every answer has one box, for all that you say of it, and one more "
        "is for what decided between the answers. You may leave them empty."
    )


def _ranking() -> Iterator[str]:
    yield "<h4>Verdict and ranking</h4>"
    yield _paragraph(
        "Say first whether the answers can be ranked. If so, give every answer a place: 1 is best, "
        "and answers you hold equal get the same place. The order they are shown in means nothing."
    )
    yield _paragraph(
        "If all are equally bad, write a correct answer. If all are equally good, copy one and put "
        "one mistake into it."
    )


def _metric(metric: Metric) -> str:
    steps = [str(step) for step in range(metric.min, metric.max + 1)]
    levels = [
        f"<li><b>{step}</b> {html.escape(metric.levels[step])}</li>"
        for step in steps
        if step in metric.levels
    ]
    checks = f"Look at: {'; '.join(metric.checks)}." if metric.checks else ""
    title = f"<h4>{html.escape(title_of(metric))}, {metric.min} to {metric.max}</h4>"
    return "".join(
        [title, _paragraph(metric.question), _paragraph(checks), f"<ul>{''.join(levels)}</ul>"]
    )


def _flags() -> Iterator[str]:
    yield "<h4>Flags</h4>"
    yield _paragraph(
        f"With {names.UNREADABLE!r} or {names.UNANSWERABLE!r} nothing more is asked; submit then. "
        f"{names.UNSAFE.capitalize()!r} goes along with your vote. Skip what you cannot judge."
    )


def _submitting() -> Iterator[str]:
    yield "<h4>Submit</h4>"
    yield _paragraph(
        "Submit waits until nothing is missing; the line beside it says what is, a bar marks it. "
        "What you press is kept when you leave a task and come back; what you write is kept once "
        "you press Shift+Enter in its box. After a window titled Warning nothing more is kept: "
        "complete and submit that task before you leave it."
    )


def _keys(shape: Shape, ask: Collection[str]) -> str:
    rows = [(name, FLAG_KEYS[name]) for name in names.FLAG_NAMES]
    if "ranking" in ask:
        rows = [(name, VERDICT_KEYS[name]) for name in names.VERDICTS] + rows
        for number, letter in enumerate(shape.letters):
            keys = place_keys(shape.answers, number)
            rows += [(f"place of {letter.upper()}", " ".join(keys))] if keys else []
    rows.append(("submit", "Ctrl+Enter"))
    cells = "".join(f"<li><b>{html.escape(key)}</b> {html.escape(what)}</li>" for what, key in rows)
    return f"<h4>Keys</h4><ul>{cells}</ul>"
