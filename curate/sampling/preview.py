"""The exact requests of a few prompts, with pictures told by their size instead of their bytes."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from annotate.base import GiveUp
from annotate.raters.openai import OpenAICompatible
from curate.sampling.asking import Desk
from curate.sampling.calls import DrawCall, calls_of
from curate.sampling.plan import Plan, Work

Json = dict[str, Any]


def previews(desk: Desk, plan: Plan, count: int) -> list[Json]:
    """What would be sent first for `count` prompts, for each model. Nothing is sent."""
    return [body for work in plan.work for body in islice(_previews(desk, work), count)]


def _previews(desk: Desk, work: Work) -> Iterator[Json]:
    target = work.target
    rater = OpenAICompatible(target.model, key=desk.outside.key, base_url=target.base_url)
    seen = None
    for call in calls_of(desk.engine, work, desk.sampling, desk.pictures):
        if call.draw.prompt_id != seen:
            seen = call.draw.prompt_id
            yield {"prompt_id": seen, "endpoint": target.base_url, "body": _body(rater, call)}


def _body(rater: OpenAICompatible, call: DrawCall) -> Any:
    try:
        return without_pictures(rater.body(call.build()))
    except GiveUp as failure:
        return {"failure": failure.detail}


def without_pictures(value: Any) -> Any:
    """The body with the data of each picture in `image_url` left out."""
    if isinstance(value, list):
        return [without_pictures(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        name: {"url": _size(inner["url"])} if name == "image_url" else without_pictures(inner)
        for name, inner in value.items()
    }


def _size(url: str) -> str:
    head, _, data = url.partition(",")
    return f"{head},({len(data) * 3 // 4 - data.count('=')} bytes)"
