"""Rubrics, views and replies to start a test of the judge's prompt and its parser from."""

import json
import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import Any

from hypothesis import strategies as st

from annotate.base import Picture, Request, Text
from annotate.prompting.view import JudgeView
from schemas.candidate import Medium
from schemas.rubric import PRESETS, Metric, Rubric
from tests.support.examples import picture, question
from tests.support.strategies import TEXT

PNG = Picture(b"red", "image/png")
REASON = "It matches the picture."


def preset(name: str = "five-metric") -> Rubric:
    """A preset's rubric."""
    file = resources.files("schemas") / "presets" / PRESETS[name]
    return Rubric.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))["rubric"])


def one_metric(low: int = 0, high: int = 4, *, ranking: bool = False) -> Rubric:
    """A rubric that asks for helpfulness alone."""
    metric = Metric(name="helpfulness", question="How useful is it?", min=low, max=high)
    return Rubric(name="small", metric=(metric,), ranking=ranking)


def view(*answers: str, **changes: Any) -> JudgeView:
    """Answers to a question about one picture, by the rubric of one metric."""
    settings: dict[str, Any] = {
        "messages": question(pictures=1),
        "media": (picture(),),
        "answers": answers or ("Three.", "Two."),
        "rubric": one_metric(),
    }
    return JudgeView(**(settings | changes))


def frames(count: int) -> Medium:
    """A video kept as frames."""
    return Medium(kind="frames", frames=tuple(f"{number:064x}" for number in range(count)))


def all_text(request: Request) -> str:
    """The words of the first turn, part after part."""
    return "\n".join(part.text for part in request.turns[0].parts if isinstance(part, Text))


def marks(request: Request) -> tuple[str, str]:
    """The opening and the closing mark that a request names in its first line."""
    words = all_text(request).split("\n", 1)[0].removesuffix(".").split()
    return words[-3], words[-1]


def quoted(request: Request) -> list[str]:
    """The texts between the marks, in their order."""
    opening, closing = marks(request)
    _, *blocks = all_text(request).split(f"\n{opening}\n")
    return [block.rpartition(f"\n{closing}")[0] for block in blocks]


def reply(scores: dict[str, dict[str, int]]) -> dict[str, dict[str, Any]]:
    """A reply with these scores, each under a reason."""
    return {
        label: {
            key: value
            for metric, score in given.items()
            for key, value in ((f"{metric}_reason", REASON), (metric, score))
        }
        for label, given in scores.items()
    }


def instances(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Any value that is valid under a JSON Schema of the keywords we use."""
    if schema["type"] == "object":
        assert schema["required"] == list(schema["properties"])
        return st.fixed_dictionaries(
            {name: instances(inner) for name, inner in schema["properties"].items()}
        )
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    assert schema == {"type": "string"}
    return TEXT


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any rubric a judge can follow: up to three metrics on scales of their own."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3, unique=True))
    return Rubric(
        name="drawn",
        ranking=draw(st.booleans()),
        metric=tuple(draw(_metrics(name)) for name in names),
    )


@st.composite
def _metrics(draw: st.DrawFn, name: str) -> Metric:
    low = draw(st.integers(-5, 5))
    return Metric(name=name, question="?", min=low, max=low + draw(st.integers(1, 100)))


def spelled(value: Any, draw: st.DrawFn) -> str:
    """A JSON text of a value, as one model or another would write it."""
    text = json.dumps(
        value,
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 2])),
        sort_keys=draw(st.booleans()),
    )
    around: Sequence[tuple[str, str]] = (
        ("", ""),
        ("\ufeff", "\n"),
        ("```json\n", "\n```"),
        ("Here is what I think:\n\n```\n", "\n```\nI hope this helps [1]."),
    )
    before, after = draw(st.sampled_from(around))
    return before + text + after
