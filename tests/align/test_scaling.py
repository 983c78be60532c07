"""beta(delta) has the values and the laws of MM-RLHF's equation 5."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.scaling import betas_of, scaled_beta

TABLE = [
    # delta, w=.5 k=.5, w=.1 k=.5, w=.5 k=1
    (-2.0, 0.1, 0.1, 0.1),
    (0.0, 0.1, 0.1, 0.1),
    (0.5, 0.1110600, 0.1022120, 0.1196735),
    (1.0, 0.1196735, 0.1039347, 0.1316060),
    (2.0, 0.1316060, 0.1063212, 0.1432332),
    (10.0, 0.1496631, 0.1099326, 0.1499977),
    (math.inf, 0.15, 0.11, 0.15),
]
LOSSES = [(0.0, 2.0, 0.598139), (1.0, 2.0, 0.580618), (2.0, 2.0, 0.570176), (10.0, -1.0, 0.770776)]

FINITE = st.floats(-1e6, 1e6)
WEIGHTS = st.floats(0, 10)


@pytest.mark.parametrize("row", TABLE)
def test_beta_has_the_papers_values(row: tuple[float, ...]) -> None:
    delta, *betas = row
    for (w, k), expected in zip([(0.5, 0.5), (0.1, 0.5), (0.5, 1.0)], betas, strict=True):
        assert scaled_beta(delta, beta=0.1, w=w, k=k) == pytest.approx(expected, abs=5e-8)


@pytest.mark.parametrize(("delta", "z", "loss"), LOSSES)
def test_the_loss_of_one_pair_has_the_papers_values(delta: float, z: float, loss: float) -> None:
    beta = scaled_beta(delta, beta=0.1, w=0.5, k=0.5)
    assert math.log1p(math.exp(-beta * z)) == pytest.approx(loss, abs=5e-7)


def test_a_pair_without_a_delta_has_the_plain_beta() -> None:
    assert scaled_beta(None, beta=0.1, w=0.5, k=0.5) == 0.1
    assert scaled_beta(math.nan, beta=0.1, w=0.5, k=0.5) == 0.1


@given(delta=FINITE, w=WEIGHTS, k=WEIGHTS, beta=st.floats(0.001, 10))
def test_beta_stays_within_its_bounds(delta: float, w: float, k: float, beta: float) -> None:
    assert beta <= scaled_beta(delta, beta=beta, w=w, k=k) <= (1 + w) * beta


@given(low=FINITE, high=FINITE, w=WEIGHTS, k=WEIGHTS)
def test_beta_never_falls_with_delta(low: float, high: float, w: float, k: float) -> None:
    low, high = sorted([low, high])
    assert scaled_beta(low, beta=0.1, w=w, k=k) <= scaled_beta(high, beta=0.1, w=w, k=k)


@given(delta=FINITE, k=WEIGHTS)
def test_without_w_beta_is_the_plain_one(delta: float, k: float) -> None:
    assert scaled_beta(delta, beta=0.1, w=0.0, k=k) == 0.1


def test_betas_of_a_set_say_mean_spread_and_how_many_are_near_the_bound() -> None:
    found = betas_of([None, -1.0, 2.0, 8.0], beta=0.1, w=0.5, k=0.5)
    assert found is not None
    betas = [0.1, 0.1, 0.1316060, 0.1490842]
    assert found.mean == pytest.approx(sum(betas) / 4, abs=1e-7)
    assert found.deviation == pytest.approx(statistics.pstdev(betas), abs=1e-7)
    assert found.least == 0.1
    assert found.bound == pytest.approx(0.15)
    assert found.most == pytest.approx(betas[-1], abs=1e-7)
    assert (found.near, found.saturated) == (0.25, False)


def test_with_the_k_that_is_told_the_middle_delta_is_half_of_the_way() -> None:
    deltas = [1.8, 4.0, 10.9, 7.0, 6.0]
    found = betas_of([*deltas, 9.0, 9.0, 9.0, 9.0, 9.0], beta=0.1, w=0.5, k=0.5)
    assert found is not None
    assert (found.near, found.saturated) == (0.8, False)
    many = betas_of([4.7, 5.0, 10.9], beta=0.1, w=0.5, k=0.5)
    assert many is not None
    assert many.saturated
    again = betas_of([4.7, 5.0, 10.9], beta=0.1, w=0.5, k=many.k)
    assert again is not None
    assert scaled_beta(5.0, beta=0.1, w=0.5, k=many.k) == pytest.approx(0.125)
    assert not again.saturated


@pytest.mark.parametrize(
    ("deltas", "w", "k"), [([None, -1.0], 0.5, 0.5), ([2.0], 0.0, 0.5), ([2.0], 0.5, 0.0)]
)
def test_where_all_rows_have_one_beta_there_is_nothing_to_say(
    deltas: list[float | None], w: float, k: float
) -> None:
    assert betas_of(deltas, beta=0.1, w=w, k=k) is None
