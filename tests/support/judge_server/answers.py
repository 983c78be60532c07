"""What the model says by default: the smallest instance of the asked schema, drawn by digest."""

import json
from typing import Any

from tests.support.judge_server.faults import number

Schema = dict[str, Any]


def default_text(schema: Schema | None, digest: str) -> str:
    """JSON that is valid under `schema`, or a few words where there is none."""
    if schema is None:
        return f"An answer to {digest[:8]}."
    return json.dumps(instance(schema, digest, schema))


def instance(schema: Schema, seed: str, root: Schema) -> Any:
    """A value valid under `schema`: required properties in order, numbers within their limits."""
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][number(seed) % len(schema["enum"])]
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = next(one for one in kind if one != "null")
    if kind == "object":
        return _object(schema, seed, root)
    if kind == "array":
        return _array(schema, seed, root)
    return _scalar(kind, schema, seed)


def _resolved(schema: Schema, root: Schema) -> Schema:
    while True:
        if "$ref" in schema:
            found = root
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        elif options := schema.get("anyOf") or schema.get("oneOf"):
            schema = options[0]
        else:
            return schema


def _object(schema: Schema, seed: str, root: Schema) -> dict[str, Any]:
    properties = schema.get("properties", {})
    names = schema.get("required", [])
    return {name: instance(properties[name], f"{seed}/{name}", root) for name in names}


def _array(schema: Schema, seed: str, root: Schema) -> list[Any]:
    first = schema.get("prefixItems", [])
    count = max(schema.get("minItems", 1), len(first))
    items = [*first, *[schema.get("items", {})] * (count - len(first))]
    return [instance(item, f"{seed}/{place}", root) for place, item in enumerate(items)]


def _scalar(kind: str, schema: Schema, seed: str) -> Any:
    draw = number(seed)
    if kind == "integer":
        low = schema.get("minimum", 0)
        high = schema.get("maximum", low + 10)
        return int(low) + draw % (int(high) - int(low) + 1)
    if kind == "number":
        low, high = schema.get("minimum", 0), schema.get("maximum", 1)
        return low + (high - low) * (draw % 1001) / 1000
    if kind == "boolean":
        return bool(draw % 2)
    return None if kind == "null" else f"word {draw % 1000}"
