"""A built workspace for pages that show what commands print."""

from pathlib import Path

import pytest

from tests.support.built import built_once
from tests.support.workspaces import Bench

__all__ = ["built_once"]


@pytest.fixture
def built(built_once: Bench, tmp_path: Path) -> Bench:
    """One question, two answers, one pair."""
    return Bench(tmp_path / "workspace").copy_of(built_once)
