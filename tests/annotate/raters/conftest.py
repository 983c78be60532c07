import sys
from collections.abc import Iterator

import pytest

from annotate.raters import transport


@pytest.fixture(params=["aiohttp", "httpx2"])
def http(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each HTTP client that google-genai may send with; aiohttp only where it is installed."""
    if request.param == "aiohttp":
        pytest.importorskip("aiohttp")
        yield "aiohttp"
        return
    from google.genai import _api_client

    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.setattr(_api_client, "has_aiohttp", False)
    _forget()
    yield "httpx2"
    _forget()


def _forget() -> None:
    transport.errors.cache_clear()
    transport._unsent.cache_clear()
