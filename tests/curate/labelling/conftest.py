"""What several tests of the labelling stages start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.label_studio.environment import Environment
from curate.init import create
from curate.labelling.connection import managed_server


@pytest.fixture
def root(environment: Environment, tmp_path: Path) -> Iterator[Path]:
    """A workspace whose server is stopped afterwards."""
    assert environment.is_ready
    workspace = create(tmp_path / "workspace")
    yield workspace.root
    managed_server(workspace).stop()
