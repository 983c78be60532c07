"""What every test runs under: no network, no secrets, no model hub, the same examples each time."""

import gc
import os
import signal
import socket
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.support.chromium import chromium
from tests.support.label_studio import environment, live, live_server
from tests.support.labeller import labeller

# One server and one browser for a whole session: a folder that imported them had its own.
__all__ = ["chromium", "environment", "labeller", "live", "live_server"]

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "::")
SECRETS = (
    "GEMINI_API_KEY",
    "GOOGLE_API_KEY",
    "OPENAI_API_KEY",
    "HF_TOKEN",
    "LABEL_STUDIO_URL",
    "LABEL_STUDIO_API_KEY",
)

APART = {
    "browser",
    "embed",
    "label_studio",
    "live",
    "notebook",
    "packaging",
    "spark",
    "train",
    "verify",
}
"""Markers of tests that only runs of their own take."""

# Before any test module imports huggingface_hub or datasets, which read these once.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")

gc.disable()  # until all is collected, which makes little that goes

# A shell starts what it runs in the background deaf to Ctrl-C; tests of it would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "unshrunk", parent=settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate]
)
settings.register_profile("wide", parent=settings.get_profile("ci"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


class NetworkBlockedError(RuntimeError):
    """A test reached for the network."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where one marker is asked for, pass over files without its word: importing all takes long."""
    word = str(config.option.markexpr).split(" ")[0]
    if word not in APART or not collection_path.name.startswith("test_"):
        return None
    return None if word in _words(collection_path) else True


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Raise where a marker is put on a test whose file does not have its word."""
    for item in items:
        for mark in item.iter_markers():
            if mark.name in APART and mark.name not in _words(item.path):
                raise pytest.UsageError(f"{item.nodeid}: its file has no word {mark.name!r}")


@cache
def _words(path: Path) -> str:
    return path.read_text("utf-8").lower()


def pytest_collection_finish() -> None:
    """What collection left stays to the end, so it is looked through for garbage no more."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _offline(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets reach loopback and unix paths only, and no key is in the environment.

    Python's sockets are guarded, not those of native code or of child processes.
    """
    if request.node.get_closest_marker("live"):
        return
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded_connect(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; the test is skipped where it is not there."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("real data is not here: no shared/data beside the repository")
    return folder


def _guarded_connect(real: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None):
            _allow(address[0])
        return real(self, address)

    return connect


def _guarded_lookup(real: Callable[..., Any]) -> Callable[..., Any]:
    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None:
            _allow(host)
        return real(host, *args, **kwargs)

    return lookup


def _allow(host: str | bytes) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if not name.startswith(LOOPBACK):
        raise NetworkBlockedError(f"a test tried to reach {name!r}; only loopback is open")
