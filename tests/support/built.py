"""A small workspace that is built once in a session, for tests that start from a build."""

import pytest

from tests.support.workspaces import Bench


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A workspace of one question, two answers and one pair, for copying only."""
    bench = Bench(tmp_path_factory.mktemp("built") / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3})
    bench.build()
    return bench
