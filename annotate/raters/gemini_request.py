"""A Request as a GenerateContentRequest, the body that Gemini's REST interface takes."""

from base64 import b64encode
from typing import Any

from annotate.base import Part, Request, Text

Json = dict[str, Any]
ROLES = {"user": "user", "assistant": "model"}


def body_of(request: Request, thinking_level: str | None) -> Json:
    """The body with REST's own names and nesting."""
    turns = [
        {"role": ROLES[turn.role], "parts": [_part(part) for part in turn.parts]}
        for turn in request.turns
    ]
    body: Json = {"contents": turns, "generationConfig": _settings(request, thinking_level)}
    if request.system:
        body["systemInstruction"] = {"parts": [{"text": request.system}]}
    return body


def in_snake_case(body: Json) -> Json:
    """The same body as the documents of the batch files write it; the schema stays as it is."""
    return {
        _snake(name): value if name == "responseJsonSchema" else _inner(value)
        for name, value in body.items()
    }


def _inner(value: Any) -> Any:
    if isinstance(value, dict):
        return in_snake_case(value)
    return [_inner(item) for item in value] if isinstance(value, list) else value


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _part(part: Part) -> Json:
    if isinstance(part, Text):
        return {"text": part.text}
    data = b64encode(part.data).decode("ascii")
    return {"inlineData": {"mimeType": part.mime_type, "data": data}}


def _settings(request: Request, thinking_level: str | None) -> Json:
    settings: Json = {"maxOutputTokens": request.max_output_tokens}
    if request.schema is not None:
        settings["responseMimeType"] = "application/json"
        settings["responseJsonSchema"] = dict(request.schema)
    if request.temperature is not None:
        settings["temperature"] = request.temperature
    if request.seed is not None:
        settings["seed"] = request.seed
    if request.top_p is not None:
        settings["topP"] = request.top_p
    if thinking_level is not None:
        settings["thinkingConfig"] = {"thinkingLevel": thinking_level.upper()}
    return settings
