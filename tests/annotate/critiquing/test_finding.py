"""What the check of an expansion says, read strictly."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.critiquing.finding import Finding, read_check
from annotate.critiquing.shape import check_schema
from annotate.prompting.unparsable import Unparsable
from tests.support.critiquing import checked


def test_the_same_verdict_without_a_new_claim_is_nothing_against_it() -> None:
    assert read_check(checked("mixed")) == Finding()
    assert read_check(checked("negative", claims=(" ", ""))) == Finding()


@pytest.mark.parametrize(
    ("reply", "reason", "detail"),
    [
        (
            checked("negative", "mixed"),
            "changed_verdict",
            "comment is negative, the expansion mixed",
        ),
        (checked(claims=("a lamp", "two\nmen")), "new_claim", "a lamp; two men"),
        (checked(critique=False), "no_critique", "no critique"),
        (checked("negative", "positive", ("x",)), "changed_verdict", "positive"),
    ],
)
def test_what_speaks_against_it_is_a_reason(reply: str, reason: str, detail: str) -> None:
    found = read_check(reply)
    assert found.reason == reason
    assert detail in found.detail


def test_long_claims_are_cut() -> None:
    found = read_check(checked(claims=("\ud800 long " * 200,)))
    assert len(found.detail) == 300
    assert "\ud800" not in found.detail


@pytest.mark.parametrize("member", check_schema()["required"])
@pytest.mark.parametrize("value", [None, 4, "same", ["a", 4], {}])
def test_a_member_that_is_missing_or_of_another_kind_cannot_be_read(
    member: str, value: Any
) -> None:
    reply = json.loads(checked())
    for wrong in ({**reply, member: value}, {k: v for k, v in reply.items() if k != member}):
        with pytest.raises(Unparsable, match=member):
            read_check(json.dumps(wrong))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_no_reply_raises_anything_else(value: Any) -> None:
    for name in check_schema()["required"]:
        with suppress(Unparsable):
            read_check(json.dumps({**json.loads(checked()), name: value}))
