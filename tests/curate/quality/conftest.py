"""A workspace in the making, measured."""

from pathlib import Path

import pytest

from tests.support.workspaces import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)
