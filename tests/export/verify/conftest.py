"""Readers asked in this process keep their caches in the test's folder."""

from datetime import UTC, datetime
from pathlib import Path

import datasets
import pytest

from curate.demo import demo
from tests.support.chromium import aside


@pytest.fixture(scope="session")
def demo_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace, for reading only."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    with aside():
        demo(folder, now=datetime(2026, 1, 2, tzinfo=UTC))
    return folder


@pytest.fixture
def _own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MODELSCOPE_CACHE", str(tmp_path / "modelscope"))
    monkeypatch.setenv("ROOT_IMAGE_DIR", str(tmp_path))
    monkeypatch.setenv("DISABLE_VERSION_CHECK", "1")
