"""Whatever reads the store gives the same from packed media, from files, and from both together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from annotate.label_studio.server import Server
from curate.benching.making import make
from curate.exporting import export
from curate.labelling.served_media import ServedMedia
from curate.media.decoding import quiet_decoding
from curate.media.reader import MediaReader
from curate.media.sent import Pictures
from curate.media.store import MediaStore
from curate.media.video import has_reader
from curate.report.thumbnails import Thumbnails
from curate.sources.record import SourceMedium
from curate.workspace import Workspace
from export.registry import FORMATS
from schemas.candidate import Prompt
from tests.support.bundles import built, mixed_workspace, pushed, tables
from tests.support.packing import packed_copy, unpacked
from tests.support.pulling import rows_of, tree

pytestmark = pytest.mark.skipif(not has_reader(), reason="the workspace has films: needs PyAV")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of pictures, frames, films and votes, whose media are files; it is built."""
    workspace = mixed_workspace(tmp_path_factory.mktemp("files"))
    built(workspace)
    return workspace


@pytest.fixture(scope="module", params=[1, 2], ids=["packed", "mixed"])
def other(
    request: pytest.FixtureRequest, files: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Workspace:
    """The same workspace with all, or every second, of its media packed; it is built."""
    copy = packed_copy(files, tmp_path_factory.mktemp("other") / "w", request.param)
    assert bool(unpacked(copy.media)) is (request.param == 2)
    built(copy)
    return copy


def both(made: Any, files: Workspace, other: Workspace) -> None:
    """What is made of both workspaces is there and the same."""
    found = made(other)
    assert found
    assert found == made(files)


def prompts(workspace: Workspace) -> list[Prompt]:
    return [Prompt.model_validate(row) for row in rows_of(workspace, "prompts")]


def looks(workspace: Workspace) -> list[dict[str, Any]]:
    folder = workspace.root / ".cache" / "looks-1"
    rows = [row for path in folder.glob("*.parquet") for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: (row["file"], row["frame"]))


def test_builds_are_the_same_build(files: Workspace, other: Workspace) -> None:
    assert other.build_folder().name == files.build_folder().name
    assert tables(built(other)) == tables(built(files))


def test_looks_are_the_same(files: Workspace, other: Workspace) -> None:
    both(looks, files, other)
    assert all(row["fault"] in (None, "blank", "tiny") for row in looks(other))


def test_exports_are_the_same_byte_for_byte(
    files: Workspace, other: Workspace, tmp_path: Path
) -> None:
    names = [*FORMATS, "native"]
    for name in names:
        done = {
            place: export(workspace, [name], tmp_path / place)[name]
            for place, workspace in (("files", files), ("other", other))
        }
        assert done["files"].refused == done["other"].refused
        assert "missing_media" not in done["other"].refused
        assert tree(tmp_path / "files" / name) == tree(tmp_path / "other" / name)
        assert tree(tmp_path / "other" / name)


def test_pushes_are_the_same(files: Workspace, other: Workspace, tmp_path: Path) -> None:
    def push(workspace: Workspace) -> Mapping[str, bytes]:
        return tree(pushed(workspace, tmp_path / workspace.root.parent.name))

    one, two = push(files), push(other)
    assert any("/media/" in name for name in one)
    told = ("pairwright/manifest.json",)  # says when it was built
    assert {k: v for k, v in one.items() if k not in told} == {
        k: v for k, v in two.items() if k not in told
    }


def test_a_model_is_sent_the_same_pictures(files: Workspace, other: Workspace) -> None:
    def sent(workspace: Workspace) -> list[Any]:
        pictures = Pictures(workspace.root, 768, 4)
        asked = prompts(workspace)
        assert {pictures.fault(prompt.media) for prompt in asked} == {None}
        with quiet_decoding():
            return [pictures.of_all(prompt.media) for prompt in asked]

    both(sent, files, other)


def test_the_report_shows_the_same_thumbnails(files: Workspace, other: Workspace) -> None:
    def shown(workspace: Workspace) -> list[str | None]:
        thumbnails = Thumbnails.of(workspace, 96)
        media = [medium for row in rows_of(workspace, "prompts") for medium in row["media"]]
        with quiet_decoding():
            found = [thumbnails.uri(medium) for medium in media]
        assert all(uri for uri, it in zip(found, media, strict=True) if it["kind"] != "video")
        return found

    both(shown, files, other)


def test_annotators_are_served_the_same_files(
    files: Workspace, other: Workspace, tmp_path: Path
) -> None:
    def served(workspace: Workspace) -> Mapping[str, bytes]:
        server = Server(tmp_path / workspace.root.parent.name)
        media = ServedMedia(workspace, server)
        for prompt in prompts(workspace):
            media.serve(prompt)
        return tree(server.media)

    both(served, files, other)


def test_benchmarks_are_the_same(files: Workspace, other: Workspace, tmp_path: Path) -> None:
    def made(workspace: Workspace) -> Mapping[str, bytes]:
        out = tmp_path / workspace.root.parent.name
        assert make(workspace, 10, out, 0).missing_media == 0
        return tree(out)

    both(made, files, other)


def test_media_are_read_by_their_paths_in_the_store(
    files: Workspace, other: Workspace, tmp_path: Path
) -> None:
    def found(workspace: Workspace) -> list[Any]:
        store = MediaStore(tmp_path / workspace.root.parent.name)
        names = sorted(unpacked(files.media))
        with MediaReader(store, workspace.media) as reader:
            kinds = [("video" if name.endswith("mp4") else "image", name) for name in names]
            return [
                reader.read(SourceMedium(kind, path=f"{name[:2]}/{name}"))  # type: ignore[arg-type]
                for kind, name in kinds
            ]

    both(found, files, other)
