"""How many tokens a judgement takes, from its words and pictures, before anything is built."""

import json
from collections.abc import Sequence
from functools import lru_cache

from annotate.prompting.answer_shape import answer_schema
from annotate.prompting.labels import labels
from annotate.prompting.prompt import output_room
from annotate.prompting.view import JudgeView
from annotate.prompting.wording import system_text
from annotate.running.call import Tokens
from annotate.spending.estimate import MARGIN, Load, image_tokens, patch_tokens, text_tokens
from curate.judge.members import Member
from schemas.candidate import Medium
from schemas.config_judge import JudgeSection
from schemas.rubric import Rubric

TOKENS_A_SCORE = 40
"""A reason of a sentence or two, its score and their names."""
THOUGHT_TOKENS = 600
FRAME_TOKENS, LINE_TOKENS = 120, 12
"""What our own lines around the texts take: once, and for each text."""


class Loads:
    """The loads of one judge's calls. `output` is what replies took so far for each score."""

    def __init__(
        self, member: Member, section: JudgeSection, rubric: Rubric, output: float | None = None
    ) -> None:
        self._member, self._section, self._rubric = member, section, rubric
        self._output = output
        self._fixed = lru_cache(256)(self._fixed_tokens)

    def of(self, view: JudgeView, media: Sequence[Medium]) -> Load:
        """The load of one call."""
        scores = len(view.answers) * len(self._rubric.metric)
        room = output_room(scores)
        words = self._fixed(len(view.answers), view.ranking, view.reference is not None)
        words += sum(text_tokens(text) + LINE_TOKENS for text in view.texts)
        pictures = sum(map(self._picture_tokens, media))
        expected = (
            THOUGHT_TOKENS + TOKENS_A_SCORE * scores
            if self._output is None
            else round(self._output * scores)
        )
        worst = Tokens(words * MARGIN + pictures, room)
        return Load(1, words + pictures, min(expected, room), worst)

    def _fixed_tokens(self, n_answers: int, ranking: bool, reference: bool) -> int:  # noqa: FBT001 - a cache's key
        names = labels(n_answers)
        schema = json.dumps(answer_schema(self._rubric, names, ranking=ranking))
        system = system_text(self._rubric, self._section.mode, reference=reference, ranking=ranking)
        members = len(self._rubric.metric) * LINE_TOKENS
        return FRAME_TOKENS + text_tokens(system) + text_tokens(schema) + members

    def _picture_tokens(self, medium: Medium) -> int:
        n_pictures = 1
        if medium.kind == "video":
            n_pictures = self._section.frames
        elif medium.kind == "frames":
            n_pictures = min(len(medium.frames), self._section.frames)
        if self._member.provider != "openai":
            return n_pictures * image_tokens()
        return n_pictures * patch_tokens(*self._sent_size(medium))

    def _sent_size(self, medium: Medium) -> tuple[int, int]:
        """The size in pixels after scaling; the largest there can be where it is not known."""
        most = self._section.max_side
        width, height = medium.width or most, medium.height or most
        factor = min(1.0, most / max(width, height))
        return max(1, round(width * factor)), max(1, round(height * factor))
