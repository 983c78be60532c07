"""What two annotators make of four prompts of the demo; answers are named by their text.

Ann rates a picture, a text of which all answers are bad, and a film that she watches. Ben rates
both pictures and calls the text a tie; he skips the film.
"""

from collections.abc import Mapping

from annotate.label_studio import names
from tests.support.annotator import Said

FILM = "What happens to the ball in this film?"
FILM_ANSWERS = (
    "The ball breaks through the wall and disappears.",
    "It bounces off the floor and then off the wall.",
    "A red ball rolls along the floor to the wall.",
    "Nothing happens to it.",
)
SIGN = "What does the sign on the shop say?"
BALLOON = "Who holds the green balloon?"
YEAR = "Which of these years was not a leap year?"
METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
SIGN_ANSWERS = (
    "It says 'BAKERY'.",
    "BAKERY",
    "It says 'BARBER'.",
    "I cannot make out any text in this picture.",
)
BALLOON_ANSWERS = (
    "The person in orange, on the right.",
    "The one in the orange clothes. The person in blue beside them has a red balloon.",
    "The person in blue.",
    "Nobody, it has flown away.",
)
YEAR_ANSWERS = (
    "B) 1900. Full centuries are leap years only if 400 divides them, as it does 1600 and 2000.",
    "B",
    "C) 1996, an even number.",
    "D) 2000, because centuries are never leap years.",
)
WRITTEN = "1900: of the full centuries only those that 400 divides are leap years."
FALLING = ((4, 4, 4, 1, 1), (3, 4, 3, 0, 0), (1, 0, 3, 1, 1), (0, 0, 2, 0, 4))
"""Scores of the best answer, the second, and so on, in the order of METRICS."""


def falling(answers: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """These answers, the best one first, with the scores above."""
    return dict(zip(answers, FALLING, strict=True))


def flat(answers: tuple[str, ...], step: int) -> Mapping[str, tuple[int, ...]]:
    """All answers with the same step of every metric."""
    return dict.fromkeys(answers, (step,) * len(METRICS))


ANN = {
    BALLOON: Said(
        places=dict(zip(BALLOON_ANSWERS, (1, 2, 3, 4), strict=True)),
        scores=falling(BALLOON_ANSWERS),
        reasons={BALLOON_ANSWERS[0]: "It <is> orange.", BALLOON_ANSWERS[3]: "Not so; 1 q 6."},
        rationale="Two read it right.",
    ),
    YEAR: Said(
        verdict=names.ALL_BAD,
        scores=flat(YEAR_ANSWERS, 1),
        written=WRITTEN,
        rationale="None says why and is short.",
    ),
    FILM: Said(
        places=dict(zip(FILM_ANSWERS, (3, 1, 2, 3), strict=True)),
        scores=dict(zip(FILM_ANSWERS, (FALLING[it] for it in (3, 0, 1, 2)), strict=True)),
        flags=(names.UNSAFE,),
        watches=True,
    ),
}
BEN = {
    BALLOON: Said(
        places=dict(zip(BALLOON_ANSWERS, (1, 1, 2, 3), strict=True)),
        scores=falling(BALLOON_ANSWERS),
    ),
    SIGN: Said(
        places=dict(zip(SIGN_ANSWERS, (1, 2, 4, 3), strict=True)),
        scores=dict(zip(SIGN_ANSWERS, (FALLING[it] for it in (0, 1, 3, 2)), strict=True)),
        reasons={SIGN_ANSWERS[3]: "It is large enough to read."},
    ),
    YEAR: Said(verdict=names.TIE, scores=flat(YEAR_ANSWERS, 2)),
    FILM: Said(skips=True),
}
CHOSEN = {
    SIGN: SIGN_ANSWERS[0],
    BALLOON: BALLOON_ANSWERS[0],
    YEAR: WRITTEN,
    FILM: FILM_ANSWERS[1],
}
"""What a build prefers, as these two have it."""
