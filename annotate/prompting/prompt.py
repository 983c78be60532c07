"""The request that has one judge score the answers to one prompt in one order.

Rubric first (the system text), then the conversation with its pictures, then the answers.
"""

from annotate.base import Request, Turn
from annotate.prompting.answer_shape import answer_schema
from annotate.prompting.quoting import valid_text
from annotate.prompting.user_turn import Pictures, user_parts
from annotate.prompting.view import JudgeView
from annotate.prompting.wording import system_text

PROMPT_VERSION = "1"
"""Raised when a reply to the same words is to be read in another way; it is in every hash."""

FEWEST_TOKENS = 4096
TOKENS_TO_THINK = 2048
TOKENS_A_SCORE = 100


def judge_request(view: JudgeView, pictures: Pictures) -> Request:
    """The request for one reading; `pictures` holds, for each medium, its picture or its frames.

    The number of turns and parts, the system text and the schema depend on the rubric, the mode,
    the number of answers and the pictures, never on what a text says. Raises ValueError where a
    medium has no picture, since a judge that cannot see must not be asked, and ConfigError for a
    rubric that no reply can follow.
    """
    _check_pictures(view, pictures)
    return Request(
        turns=(Turn("user", user_parts(view, pictures)),),
        system=valid_text(
            system_text(
                view.rubric,
                view.mode,
                reference=view.reference is not None,
                ranking=view.ranking,
            )
        ),
        schema=answer_schema(view.rubric, view.labels, ranking=view.ranking),
        max_output_tokens=output_room(len(view.answers) * len(view.rubric.metric)),
    )


def output_room(n_scores: int) -> int:
    """Output tokens for so many reasons and scores, and for thoughts, which are counted with them.

    Too low a limit leaves an empty reply that is billed all the same.
    """
    return max(FEWEST_TOKENS, TOKENS_TO_THINK + TOKENS_A_SCORE * n_scores)


def _check_pictures(view: JudgeView, pictures: Pictures) -> None:
    if len(pictures) != len(view.media):
        raise ValueError(f"pictures of {len(pictures)} media, but there are {len(view.media)}")
    for number, (medium, shown) in enumerate(zip(view.media, pictures, strict=True), start=1):
        if not shown or (medium.kind == "image" and len(shown) > 1):
            raise ValueError(f"medium {number}, of kind {medium.kind}: {len(shown)} pictures")
