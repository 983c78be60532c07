"""Media go where annotators' browsers find them: those of routed prompts and no other."""

import errno
import os
from pathlib import Path

import pytest

from annotate.label_studio.server import Server
from curate.labelling.served_media import ServedMedia
from curate.workspace import Workspace
from schemas.candidate import Prompt
from schemas.errors import LabelStudioError, WorkspaceError
from tests.support.pages import medium, prompt, turn
from tests.support.workspaces import Bench

MEDIA = [medium(1), medium(2, "video"), medium(3, "frames")]
FILES = [str(MEDIA[0].file), str(MEDIA[1].file), *MEDIA[2].frames]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace whose store has the media of one prompt, and one more file."""
    found = Bench(tmp_path / "work").write()
    for file in (*FILES, "other.png"):
        path = found.media / file[:2] / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.encode("ascii"))
    return found


def asked() -> Prompt:
    return prompt(turn("user", 0, 1, 2, "Which?"), media=MEDIA)


def test_routed_media_are_linked_and_no_other(workspace: Workspace, tmp_path: Path) -> None:
    server = Server(tmp_path / "server")
    media = ServedMedia(workspace, server)
    for _ in range(2):
        media.serve(asked())
    assert {path.name for path in server.media.iterdir()} == set(FILES)
    linked = server.media / FILES[0]
    assert linked.samefile(workspace.media / FILES[0][:2] / FILES[0])
    assert media.url(FILES[0]) == f"/data/local-files/?d=media/{FILES[0]}"


def test_where_files_cannot_be_linked_they_are_copied(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "another file system")

    monkeypatch.setattr(os, "link", refuse)
    server = Server(tmp_path / "server")
    ServedMedia(workspace, server).serve(asked())
    assert {path.name for path in server.media.iterdir()} == set(FILES)
    assert (server.media / FILES[0]).read_bytes() == FILES[0].encode("ascii")


def test_a_missing_file_is_named(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.media / FILES[1][:2] / FILES[1]).unlink()
    with pytest.raises(WorkspaceError, match=rf"{FILES[1]}: it is missing; pull"):
        ServedMedia(workspace, Server(tmp_path / "server")).serve(asked())


def test_with_a_prefix_nothing_is_linked(workspace: Workspace, tmp_path: Path) -> None:
    given = Workspace(workspace.root, ["label_studio.media_url_prefix=https://cdn.test/m/"])
    media = ServedMedia(given, Server(tmp_path / "server"))
    media.serve(asked())
    assert media.folder is None
    assert not (tmp_path / "server").exists()
    assert media.url("a b.png") == "https://cdn.test/m/a%20b.png"


def test_a_server_of_ones_own_needs_a_prefix(workspace: Workspace) -> None:
    media = ServedMedia(workspace, None)
    media.serve(asked())
    with pytest.raises(LabelStudioError, match="media_url_prefix"):
        media.url(FILES[0])
