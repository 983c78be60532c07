"""One generation before it is asked for: which prompt, which number of it, from which seed.

Its name is over content alone, so that the same generation is known when it is planned again: the
prompt's id stands for words and media, the rest are the settings that are sent. Not in it are the
server's address, timeouts and retries.
"""

from dataclasses import dataclass

from curate.sampling.settings import Sampling
from schemas.base import canonical_json, content_id
from schemas.candidate import Prompt

VERSION = "1"
"""Raised when the same prompt and settings come to be sent in another way; it is in every name."""
SEED_DIGITS = 8
LARGEST_SEED = 2**31 - 1  # servers differ: some take 32 bits with a sign


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a prompt decides which settings matter: media, frames, a system turn of its own."""

    shown: bool
    filmed: bool
    briefed: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """A prompt's `number`-th generation, from 0; `sampling` is canonical JSON of what is sent."""

    request_hash: str
    prompt_id: str
    number: int
    seed: int
    sampling: str


def draw_of(sampling: Sampling, model: str, prompt_id: str, traits: Traits, number: int) -> Draw:
    """The draw of one number. Settings that this prompt does not meet are not in its name."""
    seed = seed_of(sampling.seed, prompt_id, number)
    sent = canonical_json(sampling.sent(seed, with_system=not traits.briefed))
    name = content_id(
        [
            VERSION,
            prompt_id,
            model,
            sent,
            sampling.max_side if traits.shown else None,
            sampling.frames if traits.filmed else None,
        ]
    )
    return Draw(name, prompt_id, number, seed, sent)


def seed_of(seed: int, prompt_id: str, number: int) -> int:
    """The seed that is sent: the same for every model, another for each prompt and number."""
    return int(content_id([seed, prompt_id, number])[:SEED_DIGITS], 16) & LARGEST_SEED


def traits_of(prompt: Prompt) -> Traits:
    """The traits of a prompt; sample/plan_rows.sql finds the same."""
    return Traits(
        shown=bool(prompt.media),
        filmed=any(medium.kind != "image" for medium in prompt.media),
        briefed=prompt.messages[0].role == "system",
    )
