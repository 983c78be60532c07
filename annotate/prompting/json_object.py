"""The JSON schema of an object that a judge gives back."""

from collections.abc import Mapping
from typing import Any


def exact_object(members: Mapping[str, Any]) -> dict[str, Any]:
    """An object with exactly these members, in this order."""
    return {
        "type": "object",
        "properties": dict(members),
        "required": list(members),
        "propertyOrdering": list(members),
        "additionalProperties": False,
    }
