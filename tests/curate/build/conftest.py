"""A workspace in the making for every test of the build, and the store of what it shows."""

from pathlib import Path

import pytest

from curate.media.store import MediaStore
from tests.support.workspaces import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def store(bench: Bench) -> MediaStore:
    return MediaStore(bench.root / "media")
