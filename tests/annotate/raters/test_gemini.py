import json
from typing import Any

import pytest

from annotate.base import Reply, Request, Text, Turn
from annotate.raters.gemini import Gemini
from annotate.raters.gemini_request import body_of, in_snake_case
from schemas.event import Usage
from tests.support.judge_server.asking import KEY, MODEL, PICTURE, REQUEST, SCHEMA, asked, reply
from tests.support.judge_server.faults import Faults
from tests.support.judge_server.threads import serving

pytestmark = pytest.mark.usefixtures("http")


def gemini(base_url: str) -> Gemini:
    return Gemini(MODEL, key=KEY, base_url=base_url)


def candidate(**fields: Any) -> dict[str, Any]:
    return {"candidates": [fields], "modelVersion": "m-001"}


def test_whole_answer_is_a_stop_with_its_text_and_tokens() -> None:
    came = reply(gemini)

    assert came.finish == "stop"
    assert came.detail == ""
    assert set(json.loads(came.text)) == {"rationale", "score"}
    assert came.model_version == MODEL
    assert came.usage.input_tokens > 1120
    assert came.usage.thought_tokens == 96
    assert came.usage.output_tokens == len(came.text) // 4


def test_blocked_prompt_is_blocked_with_the_reason_and_its_tokens() -> None:
    came = reply(gemini, faults=Faults(blocked_prompt=1))

    assert (came.text, came.finish) == ("", "blocked")
    assert came.detail == "prompt: PROHIBITED_CONTENT"
    assert came.usage.input_tokens > 1120


def test_blocked_answer_is_blocked_with_the_reason() -> None:
    came = reply(gemini, faults=Faults(blocked_answer=1))

    assert (came.text, came.finish, came.detail) == ("", "blocked", "answer: SAFETY")


def test_answer_cut_by_the_limit_is_truncated_and_keeps_its_text() -> None:
    came = reply(gemini, faults=Faults(truncated=1))

    assert came.finish == "truncated"
    assert came.text.startswith('{"rationale"')


def test_answer_that_thoughts_ate_is_truncated_empty_and_billed() -> None:
    came = reply(gemini, faults=Faults(empty=1))

    assert (came.finish, came.text) == ("truncated", "")
    assert came.usage.thought_tokens == 96
    assert came.usage.output_tokens == 0


def test_invalid_json_is_a_stop_for_the_parser_to_refuse() -> None:
    came = reply(gemini, faults=Faults(malformed=1))

    assert came.finish == "stop"
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(came.text)


def test_served_version_is_kept_where_the_model_was_rerouted() -> None:
    assert reply(gemini, faults=Faults(wrong_version=1)).model_version == f"{MODEL}-rerouted"


def test_empty_text_with_stop_stays_an_empty_text() -> None:
    came = reply(gemini, answer=lambda _: candidate(finishReason="STOP"))

    assert (came.text, came.finish, came.usage) == ("", "stop", Usage())


@pytest.mark.parametrize(
    "reason",
    ["RECITATION", "LANGUAGE", "OTHER", "BLOCKLIST", "SPII", "IMAGE_SAFETY", "MODEL_ARMOR", "NEW"],
)
def test_every_other_finish_reason_counts_as_blocked_with_its_name(reason: str) -> None:
    came = reply(gemini, answer=lambda _: candidate(finishReason=reason))

    assert (came.finish, came.detail) == ("blocked", f"answer: {reason}")


def test_malformed_response_is_left_to_the_parser() -> None:
    came = reply(gemini, answer=lambda _: candidate(finishReason="MALFORMED_RESPONSE"))

    assert (came.finish, came.detail) == ("stop", "answer: MALFORMED_RESPONSE")


def test_a_continuation_is_not_asked_for() -> None:
    more = candidate(finishReason="CONTINUATION", continuationToken="dG9rZW4=")

    came, record = asked(gemini, answer=lambda _: more)

    assert isinstance(came[0], Reply)
    assert came[0].finish == "blocked"
    assert record.by_endpoint["generateContent"] == 1


def test_thoughts_are_no_part_of_the_text_and_parts_are_joined() -> None:
    parts = [{"text": "hm", "thought": True}, {"text": "yes"}, {"text": "!"}]

    came = reply(gemini, answer=lambda _: candidate(finishReason="STOP", content={"parts": parts}))

    assert came.text == "yes!"


def test_request_goes_out_whole_and_once() -> None:
    _, record = asked(gemini)

    body = json.loads(record.last_body)
    parts = body["contents"][0]["parts"]
    assert body["contents"][0]["role"] == "user"
    assert [set(part) for part in parts] == [{"text"}, {"inlineData"}, {"text"}]
    assert body["systemInstruction"] == {"parts": [{"text": "You judge."}]}
    settings = body["generationConfig"]
    assert settings["responseMimeType"] == "application/json"
    assert list(settings["responseJsonSchema"]["properties"]) == ["rationale", "score"]
    assert settings["maxOutputTokens"] == 4096
    assert not settings.keys() & {"temperature", "seed", "topP", "thinkingConfig"}
    assert not body.keys() & {"serviceTier", "safetySettings"}
    assert record.last_headers["x-goog-api-key"] == KEY
    assert record.last_headers["x-server-timeout"] == "5"
    assert list(record.asked.values()) == [1]


def test_settings_go_out_where_they_are_set() -> None:
    request = Request(
        turns=(Turn("user", (Text("q"),)), Turn("assistant", (Text("a"),))),
        max_output_tokens=7,
        temperature=0.0,
        seed=3,
        top_p=0.9,
    )

    def flex(base_url: str) -> Gemini:
        return Gemini(MODEL, key=KEY, base_url=base_url, service_tier="flex", thinking_level="low")

    came, record = asked(flex, request)

    body = json.loads(record.last_body)
    assert isinstance(came[0], Reply)
    assert body["serviceTier"] == "flex"
    assert [turn["role"] for turn in body["contents"]] == ["user", "model"]
    assert body["generationConfig"] == {
        "maxOutputTokens": 7,
        "temperature": 0.0,
        "seed": 3,
        "topP": 0.9,
        "thinkingConfig": {"thinkingLevel": "LOW"},
    }


def test_body_is_the_one_that_the_sdk_itself_would_send() -> None:
    """Oracle: the SDK's own mapping of the same request."""
    from google import genai
    from google.genai import types

    with serving() as (base_url, record):
        client = genai.Client(
            api_key=KEY, http_options=types.HttpOptions(base_url=base_url, api_version="v1beta")
        )
        client.models.generate_content(
            model=MODEL,
            contents=[
                types.Content(
                    role="user",
                    parts=[
                        types.Part.from_text(text="Which is better?"),
                        types.Part.from_bytes(data=PICTURE.data, mime_type=PICTURE.mime_type),
                        types.Part.from_text(text="A or B?"),
                    ],
                )
            ],
            config=types.GenerateContentConfig(
                system_instruction="You judge.",
                response_mime_type="application/json",
                response_json_schema=SCHEMA,
                max_output_tokens=4096,
                thinking_config=types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW),
            ),
        )
        client.close()
        sent = json.loads(record.last_body)

    # The SDK mixes both ways to write names, and gives the system instruction a role.
    sent["systemInstruction"].pop("role")
    assert in_snake_case(body_of(REQUEST, "low")) == in_snake_case(sent)
