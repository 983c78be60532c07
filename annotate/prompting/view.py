"""What a judge sees of one prompt, before it is put into words."""

from dataclasses import dataclass

from annotate.prompting.labels import labels
from annotate.prompting.wording import Mode
from schemas.candidate import Medium, Message
from schemas.rubric import Rubric

MODE_SIZES = {"pointwise": (1, 1), "pairwise": (2, 2), "listwise": (1, 702)}
"""The fewest and the most answers of a mode; 702 labels have two letters at most."""


@dataclass(frozen=True, slots=True)
class JudgeView:
    """One prompt with some of its answers, as texts in the order they are shown.

    Which model wrote an answer is not in it. `reference` is None where it is not to be used.
    """

    messages: tuple[Message, ...]
    media: tuple[Medium, ...]
    answers: tuple[str, ...]
    rubric: Rubric
    mode: Mode = "listwise"
    reference: str | None = None

    def __post_init__(self) -> None:
        low, high = MODE_SIZES[self.mode]
        if not low <= len(self.answers) <= high:
            raise ValueError(f"{len(self.answers)} answers are not {self.mode}")
        for message in self.messages:
            for part in message.parts:
                if part.media_index is not None and part.media_index >= len(self.media):
                    raise ValueError(f"medium {part.media_index} of {len(self.media)} is not there")

    @property
    def labels(self) -> tuple[str, ...]:
        """The answers' labels in the order shown."""
        return labels(len(self.answers))

    @property
    def ranking(self) -> bool:
        """Whether the judge also ranks: the rubric wants it, and the mode compares."""
        return self.rubric.ranking and self.mode != "pointwise"

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text in it that somebody else wrote."""
        asked = (part.text for message in self.messages for part in message.parts)
        every = (*asked, self.reference, *self.answers)
        return tuple(text for text in every if text is not None)
