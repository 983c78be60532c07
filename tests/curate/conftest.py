"""Workspaces that tests of the command line look at."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curate.demo import demo
from tests.support.built import built_once
from tests.support.chromium import aside
from tests.support.workspaces import Bench

__all__ = ["built_once"]


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace, for reading only."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    with aside():
        demo(folder, now=datetime(2026, 1, 2, tzinfo=UTC))
    return folder


@pytest.fixture
def demo_copy(demo_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the demo's workspace, to change."""
    return Path(shutil.copytree(demo_workspace, tmp_path / "copy", symlinks=True))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """An empty workspace on five-metric, in a folder of its own."""
    return Bench(tmp_path / "workspace")


@pytest.fixture
def built(built_once: Bench, bench: Bench) -> Bench:
    """A workspace of one question, two answers and one pair."""
    return bench.copy_of(built_once)
