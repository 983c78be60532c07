"""Names as keys: equal where the names are, and nothing else is one."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.media.names import STORED, key_of, keys_of

NAMES = st.from_regex(STORED, fullmatch=True)


@given(names=st.lists(NAMES, min_size=1, max_size=20), skipped=st.integers(0, 19))
def test_keys_of_a_column_are_those_of_its_names(names: list[str], skipped: int) -> None:
    column = pa.array(names)[min(skipped, len(names) - 1) :]
    assert [bytes(key) for key in keys_of(column)] == [key_of(name) for name in column.to_pylist()]


@given(names=st.lists(NAMES, min_size=2, max_size=2, unique=True))
def test_other_names_have_other_keys(names: list[str]) -> None:
    assert key_of(names[0]) != key_of(names[1])


@pytest.mark.parametrize(
    "name", ["", "a.png", "../" + "a" * 61 + ".png", "A" * 64 + ".png", "a" * 64 + ".None", None]
)
def test_what_is_no_name_has_no_key(name: str | None) -> None:
    assert name is None or key_of(name) is None
    with pytest.raises(ValueError, match="none of a media store"):
        keys_of(pa.array(["a" * 64 + ".png", name], pa.string()))
