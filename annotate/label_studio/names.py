"""What the page's controls and data fields are called: push writes these names, pull reads them.

An answer is called by its letter in the order shown, so no name tells anything about it.
"""

from typing import Literal

from schemas.event import Verdict

Purpose = Literal["work", "qualification", "adjudication", "review"]
"""What a project is for. A prompt is asked once for each purpose."""

LETTERS = "abcdefgh"
FEWEST, MOST = 2, len(LETTERS)

TASK = "task"
VERDICT = "verdict"
FLAGS = "flags"
RATIONALE = "rationale"
BETTER = "better"
FLAWED = "flawed"

RANKED, TIE, ALL_GOOD, ALL_BAD = "ranked", "all equal", "all good", "all bad"
VERDICTS: dict[str, Verdict] = {
    RANKED: "ranked",
    TIE: "tie",
    ALL_GOOD: "all_good",
    ALL_BAD: "all_bad",
}
"""A verdict as the page words it, and as an event has it."""

UNREADABLE, UNANSWERABLE, UNSAFE = "picture unreadable", "question unanswerable", "unsafe"
FLAG_NAMES = {
    UNREADABLE: "picture_unreadable",
    UNANSWERABLE: "question_unanswerable",
    UNSAFE: "unsafe",
}
"""A flag as the page words it, and as an event has it."""

CANNOT_RATE = (UNREADABLE, UNANSWERABLE)
"""With one of these flags the page asks nothing more, and what was chosen before is no vote."""

REVIEW, ACCEPT, RETURN = "review", "accept", "return"
REVIEW_FLAGS = {ACCEPT: "accepted", RETURN: "returned"}
"""What an expert says of a vote as the page words it, and as an event has it."""

NOTE, REMARK = "note", "remark"
"""Why a vote is returned, which must be said, and what may be said where it is accepted."""

VOTE = "vote"
"""The data field with the order, the reasons and the flags of the vote under review."""

ABOUT = "pairwright"
"""The data field that says what a task is about; annotators' pages do not show it."""


def answer(letter: str) -> str:
    """The data field with an answer's text."""
    return f"answer_{letter}"


def said(letter: str) -> str:
    """The data field with what the vote under review says of an answer."""
    return f"said_{letter}"


def place(letter: str) -> str:
    """The control that says an answer's place; equal places are a tie."""
    return f"place_{letter}"


def score(letter: str, metric: str) -> str:
    """The control that scores an answer on a metric."""
    return f"score_{letter}_{metric}"


def reason(letter: str) -> str:
    """The control for the reason behind an answer's scores."""
    return f"reason_{letter}"


def picture(number: int) -> str:
    """The data field and object of a picture, counted from 1."""
    return f"picture_{number}"


def video(number: int) -> str:
    """The data field and object of a video, counted from 1."""
    return f"video_{number}"


PICTURES = "pictures"
"""The data field and object of all pictures, where there are too many to stand side by side."""
