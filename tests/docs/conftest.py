"""A built workspace for pages that show what commands print."""

from pathlib import Path

import pytest

from tests.support.workspaces import Bench


@pytest.fixture
def built(tmp_path: Path) -> Bench:
    """One question, two answers, one pair."""
    bench = Bench(tmp_path / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3})
    bench.build()
    return bench
