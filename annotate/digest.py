"""The name of a request's content, so that the same question is known when it is asked again."""

import hashlib
import json
from typing import Any

from annotate.base import Part, Request, Text
from schemas.base import content_id


def request_digest(request: Request) -> str:
    """32 hex digits over all that a model is sent: words, pictures, schema and settings.

    Pictures count by their bytes. The schema counts with its order, since answers follow the order
    of its properties. The model's name is not in it: a Request does not know it.
    """
    content = {
        "system": request.system,
        "turns": [[turn.role, [_part(part) for part in turn.parts]] for turn in request.turns],
        "schema": None if request.schema is None else json.dumps(request.schema),
        "max_output_tokens": request.max_output_tokens,
        "temperature": _same_zero(request.temperature),
        "seed": request.seed,
    }
    if request.top_p is not None:  # only then, so that recorded judgements keep their names
        content["top_p"] = float(request.top_p)
    return content_id(content)


def _part(part: Part) -> list[Any]:
    if isinstance(part, Text):
        return ["text", part.text]
    return ["picture", part.mime_type, hashlib.sha256(part.data).hexdigest()]


def _same_zero(value: float | None) -> float | None:
    """0 and 0.0 are one temperature, but two texts."""
    return None if value is None else float(value)
