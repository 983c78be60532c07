"""What a judge sees of one comment, before it is put into words."""

from dataclasses import dataclass

from schemas.candidate import Medium, Message


@dataclass(frozen=True, slots=True)
class Commented:
    """One answer to one prompt, and what a person said of it. Who said it is not in it.

    The media are named in their places and not shown: a judge that sees the picture finds faults
    of its own, and a critique is to say what this person saw.
    """

    messages: tuple[Message, ...]
    media: tuple[Medium, ...]
    answer: str
    comment: str

    @property
    def question(self) -> tuple[str, ...]:
        """Every text of the conversation."""
        parts = (part.text for message in self.messages for part in message.parts)
        return tuple(text for text in parts if text is not None)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text in it that somebody else wrote."""
        return (*self.question, self.answer, self.comment)
