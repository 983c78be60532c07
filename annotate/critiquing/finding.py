"""What the second reading says of an expansion: it may be used, or it is refused with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from annotate.critiquing.shape import (
    COMMENT_VERDICT,
    CRITIQUE_VERDICT,
    IS_CRITIQUE,
    NEW_CLAIMS,
    Stance,
)
from annotate.prompting.quoting import valid_text
from annotate.prompting.reply_json import only_object, shown
from annotate.prompting.unparsable import Unparsable
from schemas.event import FailureReason

STANCES = get_args(Stance)
LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an expansion is refused; `reason` is null for one that may be used."""

    reason: FailureReason | None = None
    detail: str = ""


def read_check(text: str) -> Finding:
    """What a reply to the check finds. Raises Unparsable, and nothing else.

    The two verdicts are compared here: a judge that is asked whether they are the same says yes.
    """
    reply = only_object(text)
    claims = _claims(reply)
    before, after = (_stance(reply, name) for name in (COMMENT_VERDICT, CRITIQUE_VERDICT))
    if not _flag(reply, IS_CRITIQUE):
        return Finding("no_critique", "the check says that it is no critique of the answer")
    if before != after:
        return Finding("changed_verdict", f"the comment is {before}, the expansion {after}")
    if claims:
        return Finding("new_claim", _told(claims))
    return Finding()


def _claims(reply: Mapping[str, Any]) -> list[str]:
    found = _member(reply, NEW_CLAIMS)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Unparsable(f"{NEW_CLAIMS!r} is {shown(found)}, not a list of texts")
    return [one for one in found if one.strip()]


def _flag(reply: Mapping[str, Any], name: str) -> bool:
    found = _member(reply, name)
    if not isinstance(found, bool):
        raise Unparsable(f"{name!r} is {shown(found)}, not true or false")
    return found


def _stance(reply: Mapping[str, Any], name: str) -> str:
    found = _member(reply, name)
    if found not in STANCES:
        raise Unparsable(f"{name!r} is {shown(found)}, not one of {', '.join(STANCES)}")
    return str(found)


def _member(reply: Mapping[str, Any], name: str) -> Any:
    if name not in reply:
        raise Unparsable(f"{name!r} is missing")
    return reply[name]


def _told(claims: list[str]) -> str:
    """The claims on one line, cut short; they are a model's words."""
    line = valid_text(" ".join("; ".join(claims).split()))
    return line if len(line) <= LONGEST_DETAIL else f"{line[: LONGEST_DETAIL - 3]}..."
