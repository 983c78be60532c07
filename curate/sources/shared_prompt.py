"""The prompt that two sides of a comparison begin with, where a set does not say it apart."""

import re
from collections.abc import Sequence
from typing import Any

from curate.sources.shaping import BadRowError, wrong_type

SPEAKER = re.compile(r"\n\n(Human|Assistant): ?")
ROLES = {"Human": "user", "Assistant": "assistant"}
Sides = tuple[Any, Any, Any]


def shared_messages(chosen: Any, rejected: Any) -> Sides:
    """Prompt messages, chosen and rejected message of two whole conversations.

    Raises BadRowError `mismatched_prompt` where they part before their last message.
    """
    for side, name in ((chosen, "chosen"), (rejected, "rejected")):
        if not isinstance(side, (list, tuple)):
            raise wrong_type(side, name, "messages, as the other side is")
    if len(chosen) != len(rejected) or list(chosen[:-1]) != list(rejected[:-1]):
        raise BadRowError("chosen and rejected answer different prompts", "mismatched_prompt")
    return chosen[:-1], chosen[-1:], rejected[-1:]


def shared_text(chosen: str, rejected: str) -> Sides:
    """Prompt, chosen and rejected of two texts: what they share up to the last whole word.

    Transcripts that name their speakers are cut at their last answer instead, wherever the answers
    begin to differ.
    """
    if chosen.startswith("\n\nHuman:") and rejected.startswith("\n\nHuman:"):
        return shared_messages(_transcript(chosen), _transcript(rejected))
    if chosen == rejected:
        raise BadRowError("chosen and rejected are the same text", "contradiction")
    end = _end_of_shared_words(chosen, rejected)
    prompt = chosen[:end].rstrip()
    if not prompt:
        raise BadRowError("there is no prompt, and the answers do not begin alike", "empty_prompt")
    return prompt, chosen[len(prompt) :], rejected[len(prompt) :]


def _end_of_shared_words(one: str, other: str) -> int:
    """How many characters both begin with, without a word that only begins alike."""
    pairs = enumerate(zip(one, other, strict=False))
    end = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    if all(text[end : end + 1].isspace() or end == len(text) for text in (one, other)):
        return end
    while end and not one[end - 1].isspace():
        end -= 1
    return end


def _transcript(text: str) -> Sequence[dict[str, str]]:
    pieces = SPEAKER.split(text)[1:]
    return [
        {"role": ROLES[speaker], "content": said}
        for speaker, said in zip(pieces[::2], pieces[1::2], strict=True)
    ]
