"""A loopback Hub that the real clients in this process reach, without their waits."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from huggingface_hub import constants

from export.hub.client import HubClient
from tests.support.hub_server.server import TOKEN, HubServer, running

ENVIRONMENT = {"HF_TOKEN": TOKEN, "HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_XET": "1"}
"""With the Hub's HF_ENDPOINT, what a process of its own needs to reach it."""


@pytest.fixture
def waits() -> list[float]:
    """The seconds that a client would have waited."""
    return []


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> Iterator[HubServer]:
    """A Hub with nothing in it, and the environment of somebody who may write to `owner/...`."""
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr(time, "sleep", waits.append)
    with running() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        yield server


def client(hub: HubServer, repo: str = "owner/name", **given: Any) -> HubClient:
    """A client of somebody who may write."""
    return HubClient(repo, endpoint=hub.address, token=given.get("token", TOKEN))
