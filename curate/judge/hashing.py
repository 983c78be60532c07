"""When two judgements are the same one: the request_hash, made without building the request.

Ids are content, so ids, wording and settings cover all that is sent. What changes only how or when
it is sent (address, tier, timeouts, concurrency, prices) is not in it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

from annotate.prompting.prompt import PROMPT_VERSION
from curate.judge.members import Member
from schemas.base import content_id
from schemas.config_judge import JudgeSection
from schemas.rubric import Rubric

Looks = Literal["text", "pictures", "video"]
"""What there is to see: `max_side` matters to pictures, `frames` to videos too."""


class Hashing:
    """Request hashes of one judge under one config."""

    def __init__(self, member: Member, section: JudgeSection, rubric: Rubric) -> None:
        common = {
            "prompt_version": PROMPT_VERSION,
            "provider": member.provider,
            "model": member.model,
            "rubric_hash": rubric.rubric_hash,
            "mode": section.mode,
            "thinking_level": section.thinking_level,
            "temperature": section.temperature,
        }
        seen = {"max_side": section.max_side}
        self._settings: Mapping[Looks, str] = {
            "text": content_id(common),
            "pictures": content_id({**common, **seen}),
            "video": content_id({**common, **seen, "frames": section.frames}),
        }

    def of(
        self, looks: Looks, prompt_id: str, shown: Sequence[str], sample: int, reference: str
    ) -> str:
        """32 hex digits for one judgement.

        `shown` are candidate_ids in the order shown, `reference` is the sha256 of the reference
        answer where one is used, else empty.
        """
        parts = (self._settings[looks], prompt_id, *shown, str(sample), reference)
        return hashlib.sha256("\n".join(parts).encode("ascii")).hexdigest()[:32]
