from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.base import TryAgain
from annotate.raters import gemini_reply, openai_reply
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
