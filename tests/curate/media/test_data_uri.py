"""data: URIs give their bytes or a fault."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.media.data_uri import data_of, is_data_uri
from curate.media.rules import MediumFaultError


@given(st.binary(max_size=200))
def test_base64_gives_the_bytes_back(data: bytes) -> None:
    assert data_of(f"data:image/png;base64,{base64.b64encode(data).decode()}", 1000) == data


def test_percent_encoding_and_line_breaks_are_read() -> None:
    assert data_of("data:,a%00b", 10) == b"a\0b"
    assert data_of("DATA:image/png;base64,aGVs\nbG8%3D", 10) == b"hello"
    assert [is_data_uri(text) for text in ("Data:x", "datasets/x.png")] == [True, False]


@pytest.mark.parametrize(
    "uri", ["data:image/png;base64", "data:;base64,a", "data:;base64,é==", "data:;base64,!!!!"]
)
def test_what_does_not_decode_is_unreadable(uri: str) -> None:
    with pytest.raises(MediumFaultError) as caught:
        data_of(uri, 1000)
    assert caught.value.reason == "unreadable_media"


@pytest.mark.parametrize(
    "uri",
    [f"data:;base64,{'A' * 40}", f"data:,{'%41' * 20}", f"data:,{'A' * 20}", f"data:,{'é' * 6}"],
)
def test_what_would_decode_to_too_much_is_oversized(uri: str) -> None:
    with pytest.raises(MediumFaultError) as caught:
        data_of(uri, 10)
    assert caught.value.reason == "oversized_media"
