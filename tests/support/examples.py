"""Small valid records to start a test from."""

from datetime import UTC, datetime

from schemas.candidate import Medium, Message, Part, candidate_id_of, prompt_id_of
from schemas.event import Answer, Event, Rater

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
RED, BLUE = "a" * 64, "b" * 64


def question(text: str = "How many cups?", *, pictures: int = 0) -> tuple[Message, ...]:
    """One user turn: its pictures first, then the text."""
    media = [Part(type="media", media_index=index) for index in range(pictures)]
    return (Message(role="user", parts=(*media, Part(type="text", text=text))),)


def picture(sha256: str = RED) -> Medium:
    """A picture by its digest."""
    return Medium(kind="image", sha256=sha256, file=f"{sha256}.png", path="cups.png")


PROMPT_ID = prompt_id_of(question(), [])
FIRST = candidate_id_of(PROMPT_ID, "Three.")
SECOND = candidate_id_of(PROMPT_ID, "Two.")


def vote(number: int = 0, *, rater: str = "h-0123456789ab") -> Event:
    """A person's scores for two answers, with an order."""
    return Event(
        event_id=f"{number:032x}",
        at=NOON,
        prompt_id=PROMPT_ID,
        rater=Rater(kind="human", id=rater),
        rubric_id="helpfulness:0:4",
        answers=(
            Answer(candidate_id=FIRST, position=0, scores={"helpfulness": 4}),
            Answer(candidate_id=SECOND, position=1, scores={"helpfulness": 1}),
        ),
        tiers=((FIRST,), (SECOND,)),
        verdict="ranked",
    )
