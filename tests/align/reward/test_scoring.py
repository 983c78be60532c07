"""Scores do not depend on what an answer is scored beside, or on where its row is padded."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.rewards import encoder, reward_model, rows
from tests.support.tiny_models import FAMILIES
from tests.support.trainers import TRAINS

pytestmark = TRAINS
MODES = ("critique", "given", "none")


def exchanges() -> list[Any]:
    from align.reward.exchange import exchanges_of

    return [answer for row in rows() for answer in exchanges_of(row)]


def scorer(family: str, side: str = "left", mode: str = "none", **values: Any) -> Any:
    from align.reward.scoring import Scorer

    double = values.pop("double", True)
    model, processor = reward_model(family, double=double)
    return Scorer(model, encoder(model, processor, side), mode, 12, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("double", "within"), [(True, 1e-10), (False, 1e-5)])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_score_is_the_same_in_any_batch(
    family: str, mode: str, within: float, *, double: bool
) -> None:
    alone = list(scorer(family, mode=mode, double=double).scores(exchanges()))
    for side in ("left", "right"):
        for size in (3, 8):
            given = scorer(family, side, mode, double=double, batch_size=size)
            together = list(given.scores(exchanges()))
            assert [it.critique for it in together] == [it.critique for it in alone]
            for one, other in zip(alone, together, strict=True):
                assert other.reward == pytest.approx(one.reward, abs=within)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_critique_changes_the_score_where_it_is_read(family: str) -> None:
    answer = exchanges()[0]
    other = replace(answer, critique="Another word on it.")
    given = list(scorer(family, mode="given").scores([answer, other]))
    assert given[0].reward != given[1].reward
    none = list(scorer(family, mode="none").scores([answer, other]))
    assert none[0].reward == none[1].reward


@pytest.mark.parametrize("family", FAMILIES)
def test_a_given_critique_that_is_not_there_is_an_empty_turn(family: str) -> None:
    answer = replace(exchanges()[0], critique=None)
    (given,) = scorer(family, mode="given").scores([answer])
    (none,) = scorer(family, mode="none").scores([answer])
    assert given == none


def test_a_written_critique_is_what_the_score_was_given_after() -> None:
    made = scorer("llava", mode="critique")
    (own,) = made.scores(exchanges()[:1])
    assert own.cut
    assert own.critique
    again = replace(exchanges()[0], critique=own.critique)
    (given,) = replace(made, mode="given").scores([again])
    assert given.reward == pytest.approx(own.reward, abs=1e-10)


def test_scoring_leaves_a_model_in_training_as_it_was_and_draws_nothing() -> None:
    from align.reward.scoring import Scorer

    model, processor = reward_model("llava", dropout=0.5)
    model.train()
    made = Scorer(model, encoder(model, processor), "none")
    first, second = (list(made.scores(exchanges()[:2])) for _ in range(2))
    assert first == second
    assert model.training
