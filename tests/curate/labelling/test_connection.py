"""Which Label Studio a workspace works with."""

from pathlib import Path

import pytest

from curate.init import create
from curate.labelling.connection import Connection, connect
from curate.workspace import Workspace
from schemas.errors import LabelStudioError

KEY = {"LABEL_STUDIO_API_KEY": "k"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace of one's own."""
    return create(tmp_path / "workspace")


def test_the_environment_goes_before_the_config(workspace: Workspace) -> None:
    configured = Workspace(workspace.root, ["label_studio.url=http://config:1/"])
    assert connect(configured, KEY) == Connection("http://config:1", "k")
    given = {**KEY, "LABEL_STUDIO_URL": "http://given:2"}
    assert connect(configured, given) == Connection("http://given:2", "k")


def test_a_url_without_a_key_names_the_variable(workspace: Workspace) -> None:
    with pytest.raises(LabelStudioError, match=r"http://x.*LABEL_STUDIO_API_KEY"):
        connect(workspace, {"LABEL_STUDIO_URL": "http://x"})


def test_without_any_server_the_command_is_named(workspace: Workspace) -> None:
    with pytest.raises(LabelStudioError, match="curate label serve"):
        connect(workspace, {})
