"""Rules that see only texts: what a task that does not need its picture would give away."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.align.pairs import Pair

Score = Callable[[str, str], float]
"""How good a rule holds an answer to a question."""


def accuracy(rows: Sequence[Pair], score: Score) -> float:
    """The share of pairs whose chosen answer scores more; equal scores are half right."""
    leads = [score(row.question, row.chosen) - score(row.question, row.rejected) for row in rows]
    return float(np.mean([(lead > 0) + 0.5 * (lead == 0) for lead in leads]))


def rules(train: Sequence[Pair]) -> dict[str, Score]:
    """By name; those that learn have learned from the training pairs."""
    won = Counter((row.question, row.chosen) for row in train)
    lost = Counter((row.question, row.rejected) for row in train)
    right = Counter((row.question, row.truth) for row in train)
    return {
        "longer": lambda _, answer: len(answer),
        "shorter": lambda _, answer: -len(answer),
        "first in the alphabet": lambda _, answer: -ord(answer[0]),
        "most often chosen for the question": lambda *asked: won[asked] - lost[asked],
        "most often right for the question": lambda *asked: right[asked],
        "logistic regression on words": _learned(train),
    }


def _learned(train: Sequence[Pair]) -> Score:
    """The words of a question crossed with those of the answer, weighted by what was chosen."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    sides = [
        [_words(row.question, answer) for answer in (row.chosen, row.rejected)] for row in train
    ]
    vectors.fit([side for both in sides for side in both])
    chosen, rejected = (vectors.transform(side) for side in zip(*sides, strict=True))
    turned = np.where(np.arange(len(train)) % 2, 1, -1)
    model = LogisticRegression(max_iter=1_000)
    model.fit((chosen - rejected).multiply(turned[:, None]).tocsr(), turned)

    def score(question: str, answer: str) -> float:
        return float((vectors.transform([_words(question, answer)]) @ model.coef_[0])[0])

    return score


def _words(question: str, answer: str) -> dict[str, int]:
    asked = ["", *question.split()]
    return {f"{one} {other}": 1 for one in asked for other in answer.split()}
