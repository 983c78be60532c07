"""The shapes of a judge's two replies about a comment, in the keywords that Gemini takes."""

from typing import Any, Literal, get_args

from annotate.prompting.json_object import exact_object

Stance = Literal["positive", "negative", "mixed", "neutral"]
"""What a text as a whole says of an answer."""

CRITIQUE = "critique"
NEW_CLAIMS, IS_CRITIQUE = "new_claims", "is_critique"
COMMENT_VERDICT, CRITIQUE_VERDICT = "comment_verdict", "critique_verdict"


def critique_schema() -> dict[str, Any]:
    """The JSON Schema of an expansion."""
    return exact_object({CRITIQUE: {"type": "string"}})


def check_schema() -> dict[str, Any]:
    """The JSON Schema of the check. Claims stand first, so that verdicts are given after them."""
    stance = {"type": "string", "enum": list(get_args(Stance))}
    return exact_object(
        {
            NEW_CLAIMS: {"type": "array", "items": {"type": "string"}},
            IS_CRITIQUE: {"type": "boolean"},
            COMMENT_VERDICT: stance,
            CRITIQUE_VERDICT: stance,
        }
    )
