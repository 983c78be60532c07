import json
from typing import Any

import pytest

from annotate.base import Reply, Request, StopRun, Text, Turn
from annotate.raters.openai import OpenAICompatible
from tests.support.judge_server.asking import KEY, PICTURE, REQUEST, asked, reply
from tests.support.judge_server.faults import Faults


def judge(base_url: str) -> OpenAICompatible:
    return OpenAICompatible("qwen", key=KEY, base_url=f"{base_url}/v1")


def completion(reason: Any, **message: Any) -> dict[str, Any]:
    return {"choices": [{"message": message, "finish_reason": reason}], "model": "m"}


def test_whole_answer_is_a_stop_with_its_text_and_tokens() -> None:
    came = reply(judge)

    assert came.finish == "stop"
    assert set(json.loads(came.text)) == {"rationale", "score"}
    assert came.model_version == "qwen"
    assert came.usage.thought_tokens == 32
    assert came.usage.output_tokens == len(came.text) // 4
    assert came.usage.input_tokens > 256


def test_answer_cut_by_the_limit_is_truncated() -> None:
    assert reply(judge, faults=Faults(truncated=1)).finish == "truncated"


def test_empty_cut_answer_is_truncated_and_empty() -> None:
    came = reply(judge, faults=Faults(empty=1))

    assert (came.finish, came.text) == ("truncated", "")


def test_filtered_answer_is_blocked() -> None:
    came = reply(judge, faults=Faults(blocked_answer=1))

    assert (came.finish, came.detail) == ("blocked", "answer: content_filter")


def test_filtered_prompt_is_blocked() -> None:
    came = reply(judge, faults=Faults(blocked_prompt=1))

    assert (came.finish, came.detail) == ("blocked", "prompt: content_filter")


def test_refusal_is_blocked() -> None:
    came = reply(judge, answer=lambda _: completion("stop", content=None, refusal="I won't."))

    assert (came.finish, came.detail) == ("blocked", "answer: refusal")


@pytest.mark.parametrize("reason", ["tool_calls", "something new", None, 3])
def test_unknown_end_counts_as_blocked(reason: Any) -> None:
    came = reply(judge, answer=lambda _: completion(reason, content="x"))

    assert came.finish == "blocked"
    assert came.detail.startswith("answer: ")


def test_invalid_json_is_a_stop_for_the_parser_to_refuse() -> None:
    assert reply(judge, faults=Faults(malformed=1)).finish == "stop"


def test_served_model_is_kept() -> None:
    assert reply(judge, faults=Faults(wrong_version=1)).model_version == "qwen-rerouted"


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]

    assert reply(judge, answer=lambda _: completion("stop", content=parts)).text == "ab"


def test_request_goes_out_whole_and_once() -> None:
    _, record = asked(judge)

    body = json.loads(record.last_body)
    system, user = body["messages"]
    assert system == {"role": "system", "content": "You judge."}
    assert [part["type"] for part in user["content"]] == ["text", "image_url", "text"]
    assert user["content"][1]["image_url"]["url"].startswith(f"data:{PICTURE.mime_type};base64,")
    wanted = body["response_format"]
    assert wanted["type"] == "json_schema"
    assert wanted["json_schema"]["strict"] is True
    assert list(wanted["json_schema"]["schema"]["properties"]) == ["rationale", "score"]
    assert body["max_tokens"] == 4096
    assert body.keys() == {"model", "messages", "max_tokens", "response_format"}
    assert record.last_headers["authorization"] == f"Bearer {KEY}"
    assert list(record.asked.values()) == [1]


def test_settings_go_out_where_they_are_set_and_words_alone_as_a_string() -> None:
    request = Request(
        turns=(Turn("user", (Text("q"),)), Turn("assistant", (Text("a"),))),
        temperature=0.5,
        seed=3,
        top_p=0.9,
    )

    _, record = asked(judge, request)

    body = json.loads(record.last_body)
    assert body["messages"] == [
        {"role": "user", "content": "q"},
        {"role": "assistant", "content": "a"},
    ]
    assert (body["temperature"], body["seed"], body["top_p"]) == (0.5, 3, 0.9)
    assert "response_format" not in body


def test_server_without_keys_is_asked_without_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-environment")

    came, record = asked(lambda url: OpenAICompatible("qwen", base_url=f"{url}/v1"))

    assert isinstance(came[0], Reply)
    assert record.keys == {"Bearer EMPTY"}


def test_openai_itself_needs_a_key() -> None:
    with pytest.raises(StopRun, match="no key") as stop:
        OpenAICompatible("gpt")

    assert "OPENAI_API_KEY" in str(stop.value)


def test_address_of_the_environment_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere")

    rater = OpenAICompatible("gpt", key=KEY)

    assert str(rater._client.base_url).startswith("https://api.openai.com/v1")


def test_picture_is_what_was_given() -> None:
    assert REQUEST.turns[0].parts[1] is PICTURE
