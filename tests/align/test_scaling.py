"""beta(delta) has the values and the laws of MM-RLHF's equation 5."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.scaling import scaled_beta

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
