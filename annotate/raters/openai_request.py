"""A Request as the body of a chat completion, as OpenAI-compatible servers take it."""

from base64 import b64encode
from typing import Any

from annotate.base import Part, Request, Text, Turn

Json = dict[str, Any]


def body_of(request: Request, model: str, limit: str) -> Json:
    """The body. `limit` is the name that the server has for the most tokens of an answer."""
    messages = [_message(turn) for turn in request.turns]
    if request.system:
        messages.insert(0, {"role": "system", "content": request.system})
    body: Json = {"model": model, "messages": messages, limit: request.max_output_tokens}
    if request.schema is not None:
        schema = {"name": "answer", "schema": dict(request.schema), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    if request.temperature is not None:
        body["temperature"] = request.temperature
    if request.seed is not None:
        body["seed"] = request.seed
    if request.top_p is not None:
        body["top_p"] = request.top_p
    return body


def _message(turn: Turn) -> Json:
    """A turn. Words alone go as a plain string: not every server takes parts."""
    words = [part.text for part in turn.parts if isinstance(part, Text)]
    if len(words) == len(turn.parts) == 1:
        return {"role": turn.role, "content": words[0]}
    return {"role": turn.role, "content": [_part(part) for part in turn.parts]}


def _part(part: Part) -> Json:
    if isinstance(part, Text):
        return {"type": "text", "text": part.text}
    data = b64encode(part.data).decode("ascii")
    return {"type": "image_url", "image_url": {"url": f"data:{part.mime_type};base64,{data}"}}
