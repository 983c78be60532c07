import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from annotate.quality.agreement import kappa_of_table

CELLS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 9)), min_size=2, max_size=20
)


@given(cells=CELLS)
def test_kappa_is_that_of_the_library(cells: list[tuple[int, int, int]]) -> None:
    one, other, weight = (np.array(column, dtype=np.float64) for column in zip(*cells, strict=True))
    ours = kappa_of_table(one, other, weight)
    if len({*one, *other}) > 1:
        theirs = cohen_kappa_score(
            one.astype(int),
            other.astype(int),
            labels=range(5),
            weights="quadratic",
            sample_weight=weight,
        )
        assert ours == pytest.approx(theirs, abs=1e-9)
    else:
        assert ours is None


def test_no_answers_have_no_kappa() -> None:
    assert kappa_of_table(np.empty(0), np.empty(0), np.empty(0)) is None
