from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.base import TryAgain
from annotate.raters import gemini_reply, openai_reply
from annotate.raters.access import Scrub
from annotate.raters.answers import json_of
from schemas.event import Usage

NAMES = (
    *("candidates", "content", "parts", "text", "thought", "finishReason", "modelVersion"),
    *("promptFeedback", "blockReason", "usageMetadata", "promptTokenCount"),
    *("choices", "message", "refusal", "finish_reason", "model", "usage"),
    *("completion_tokens", "completion_tokens_details", "reasoning_tokens"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["STOP", "stop", "x"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=15,
)


@pytest.mark.parametrize("reply_of", [gemini_reply.reply_of, openai_reply.reply_of])
@given(response=JSON)
def test_any_json_is_a_reply_or_a_reason_to_try_again(reply_of: Any, response: Any) -> None:
    try:
        came = reply_of(response)
    except TryAgain:
        return
    assert came.finish in {"stop", "truncated", "blocked"}


def test_absent_counts_are_zero() -> None:
    assert gemini_reply.usage_of(None) == Usage()
    assert gemini_reply.usage_of({"promptTokenCount": None, "thoughtsTokenCount": 3}) == Usage(
        thought_tokens=3
    )


def test_tokens_of_gemini_are_told_apart() -> None:
    counts = {
        "promptTokenCount": 100,
        "toolUsePromptTokenCount": 5,
        "cachedContentTokenCount": 60,
        "candidatesTokenCount": 7,
        "thoughtsTokenCount": 8,
        "totalTokenCount": 120,
    }

    assert gemini_reply.usage_of(counts) == Usage(
        input_tokens=105, cached_tokens=60, output_tokens=7, thought_tokens=8
    )


def test_thoughts_are_taken_out_of_the_completion_of_openai() -> None:
    counts = {
        "prompt_tokens": 100,
        "completion_tokens": 15,
        "prompt_tokens_details": {"cached_tokens": 60},
        "completion_tokens_details": {"reasoning_tokens": 8},
    }

    assert openai_reply.usage_of(counts) == Usage(
        input_tokens=100, cached_tokens=60, output_tokens=7, thought_tokens=8
    )


@pytest.mark.parametrize(
    ("reply_of", "response"),
    [
        (gemini_reply.reply_of, {"usageMetadata": {"promptTokenCount": 2**60}}),
        (openai_reply.reply_of, {"choices": [{}], "usage": {"completion_tokens": 2**60}}),
    ],
)
def test_a_count_that_no_call_can_take_is_no_answer_and_may_be_billed(
    reply_of: Any, response: Any
) -> None:
    with pytest.raises(TryAgain, match="more tokens than any call takes") as raised:
        reply_of(response)
    assert raised.value.may_be_billed


def test_what_a_journal_cannot_hold_is_replaced() -> None:
    halves = {"modelVersion": "m\ud800", "promptFeedback": {"blockReason": "\udfff"}}
    blocked = gemini_reply.reply_of(halves)
    assert (blocked.model_version, blocked.detail) == ("m\ufffd", "prompt: \ufffd")
    cut = openai_reply.reply_of({"model": "\ud800", "choices": [{"finish_reason": "\ud800"}]})
    assert (cut.model_version, cut.detail) == ("\ufffd", "answer: \ufffd")
    assert Scrub("key")("a\ud800 key") == "a\ufffd ***"


def test_an_answer_nested_without_end_is_no_json() -> None:
    assert json_of('{"a": [1]}', Scrub(None)) == {"a": [1]}
    for text in ("[" * 100_000, "no", "9" * 5000):
        with pytest.raises(TryAgain, match="an answer that is no JSON"):
            json_of(text, Scrub(None))
