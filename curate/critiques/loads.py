"""How many tokens an expansion and its check take, from the words alone."""

import json

from annotate.critiquing.request import FEWEST_TOKENS, output_room
from annotate.critiquing.shape import check_schema, critique_schema
from annotate.critiquing.view import Commented
from annotate.critiquing.wording import check_text, expand_text
from annotate.running.call import Tokens
from annotate.spending.estimate import MARGIN, Load, text_tokens

THOUGHT_TOKENS = 600
CHECK_TOKENS = 60
FULLER, WHOLE_SENTENCES = 3, 80
"""A critique is about three times as long as its comment, and some sentences at least."""

FRAME_TOKENS, LINE_TOKENS = 120, 12
"""What our own lines around the texts take: once, and for each text."""

FIXED_EXPAND = (
    FRAME_TOKENS + text_tokens(expand_text()) + text_tokens(json.dumps(critique_schema()))
)
FIXED_CHECK = FRAME_TOKENS + text_tokens(check_text()) + text_tokens(json.dumps(check_schema()))


def expand_load(view: Commented) -> Load:
    """The load of asking for an expansion."""
    words = FIXED_EXPAND + _texts(view)
    room = output_room(view.comment)
    expected = min(room, THOUGHT_TOKENS + _expected(view))
    return Load(1, words, expected, Tokens(words * MARGIN, room))


def check_load(view: Commented, draft: str | None = None) -> Load:
    """The load of checking a draft, or one that is still to come."""
    drafted = _expected(view) if draft is None else text_tokens(draft)
    longest = output_room(view.comment) if draft is None else drafted * MARGIN
    words = FIXED_CHECK + _texts(view) + LINE_TOKENS
    worst = Tokens(words * MARGIN + longest, FEWEST_TOKENS)
    return Load(1, words + drafted, THOUGHT_TOKENS + CHECK_TOKENS, worst)


def _texts(view: Commented) -> int:
    return sum(text_tokens(text) + LINE_TOKENS for text in view.texts)


def _expected(view: Commented) -> int:
    return WHOLE_SENTENCES + FULLER * text_tokens(view.comment)
