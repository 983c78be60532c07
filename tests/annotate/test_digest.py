from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.base import Picture, Request, Text, Turn
from annotate.digest import request_digest

SCHEMA = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
BASE = Request(
    turns=(Turn("user", (Text("q"), Picture(b"1", "image/png"))),), system="s", schema=SCHEMA
)
CHANGED = {
    "system": replace(BASE, system="t"),
    "text": replace(BASE, turns=(Turn("user", (Text("r"), Picture(b"1", "image/png"))),)),
    "picture": replace(BASE, turns=(Turn("user", (Text("q"), Picture(b"2", "image/png"))),)),
    "kind": replace(BASE, turns=(Turn("user", (Text("q"), Picture(b"1", "image/jpeg"))),)),
    "order": replace(BASE, turns=(Turn("user", (Picture(b"1", "image/png"), Text("q"))),)),
    "role": replace(BASE, turns=(Turn("assistant", BASE.turns[0].parts),)),
    "turns": replace(BASE, turns=tuple(Turn("user", (part,)) for part in BASE.turns[0].parts)),
    "no schema": replace(BASE, schema=None),
    "schema order": replace(
        BASE, schema={"properties": {"b": {"type": "string"}, "a": {"type": "string"}}}
    ),
    "limit": replace(BASE, max_output_tokens=1),
    "temperature": replace(BASE, temperature=0.0),
    "seed": replace(BASE, seed=0),
    "top_p": replace(BASE, top_p=0.0),
}


@pytest.mark.parametrize("what", CHANGED)
def test_digest_changes_with_the_content(what: str) -> None:
    assert request_digest(CHANGED[what]) != request_digest(BASE)


def test_all_changes_are_told_apart() -> None:
    assert len({request_digest(request) for request in CHANGED.values()}) == len(CHANGED)


def test_digest_is_the_same_on_every_machine() -> None:
    assert request_digest(BASE) == "68a395073cfe54168819f95e90914acb"


def test_zero_is_one_temperature() -> None:
    assert request_digest(replace(BASE, temperature=0)) == request_digest(CHANGED["temperature"])


@given(st.lists(st.binary(max_size=4), max_size=3))
def test_equal_requests_have_one_digest(pictures: list[bytes]) -> None:
    one, other = (
        Request(turns=(Turn("user", tuple(Picture(bytes(data), "x") for data in pictures)),))
        for _ in range(2)
    )
    assert request_digest(one) == request_digest(other)
