"""Annotations and reviews of our pages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotate.label_studio import names
from tests.fuzz.values import bytes_of
from tests.fuzz.words import WORDS
from tests.support.annotations import annotation, choices, places, ranker, stars, text

Seeds = Iterator[bytes]


def _results() -> Iterator[list[dict[str, Any]]]:
    yield [
        *places("213"),
        choices("score_a_helpfulness", "4"),
        text("reason_a", "right"),
        text("rationale", "a"),
    ]
    yield [
        choices(names.VERDICT, names.ALL_BAD),
        text(names.BETTER, "Five."),
        choices(names.FLAGS, "unsafe"),
    ]
    yield [ranker({"tier_1": ["b"], "tier_2": ["a", "c"], "_": []}), stars("score_b_ethics", 3)]
    yield [choices(names.REVIEW, names.RETURN), text(names.NOTE, "why?")]
    yield [choices(names.REVIEW, names.ACCEPT), text(names.REMARK, "good")]


def _annotations() -> Seeds:
    for result in _results():
        yield from (bytes([n]) + bytes_of(result, WORDS["annotation"]) for n in (0, 1))


def _reviews() -> Seeds:
    yield from (bytes_of(result, WORDS["annotation"]) for result in _results())


def _submissions() -> Seeds:
    words = WORDS["annotation"]
    for result in _results():
        given = bytes_of(annotation(*result), words)
        yield bytes_of({}) + given
        yield bytes_of({"rubric_id": "helpfulness:0:4", "purpose": "adjudication"}, words) + given


def _texts() -> Seeds:
    from tests.support.hostile import texts  # brings a whole build with it

    yield from (one.encode("utf-8", "surrogateescape") for one in texts())
    yield "1. [a](http://x) www.b | `c` $d$ é\u0301 \u200d \ud83d".encode("utf-8", "replace")
    yield "Three cups\x00Three  cups.\x00三个杯子\x00ⅷ ﬁ".encode()


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "vote": _annotations,
    "submission": _submissions,
    "review": _reviews,
    "page_text": _texts,
}
