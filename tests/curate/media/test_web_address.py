"""URLs are taken apart strictly before anything is asked of the net."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.media.rules import MediumFaultError
from curate.media.web_address import WebAddress, shown_url, web_address


def test_address_keeps_its_escapes_and_escapes_the_rest() -> None:
    found = web_address("https://pictures.example/a%20b/é.png?q=1&w=ü#top")
    assert found == WebAddress("https", "pictures.example", 443, "/a%20b/%C3%A9.png?q=1&w=%C3%BC")


def test_host_in_another_script_becomes_its_ascii_name() -> None:
    assert web_address("http://bücher.example").host == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://pictures.example/a.png",
        "gopher://pictures.example/",
        "http:///a.png",
        "http://user@pictures.example/a.png",
        "http://user:word@pictures.example/a.png",
        "http://pictures.example:22/a.png",
        "http://pictures.example:8080/a.png",
        "http://pictures.example:99999/",
        "http://pictures.example/a b.png",
        "http://pictures.example/a\r\nHost: other",
        "http://[::1/a.png",
        f"http://{'é' * 70}.example/",
    ],
)
def test_url_that_is_not_plain_is_refused(url: str) -> None:
    with pytest.raises(MediumFaultError) as caught:
        web_address(url)
    assert caught.value.reason == "remote_not_allowed"


def test_shown_url_leaves_out_what_may_be_secret() -> None:
    assert shown_url("https://me:word@pictures.example/a.png?token=1#x") == (
        "'https://pictures.example/a.png'"
    )


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = web_address(f"http://{text}")
        held = found.target.isascii() and found.port in (80, 443)
    except MediumFaultError as fault:
        held = fault.reason == "remote_not_allowed"
    assert held
