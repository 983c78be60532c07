"""`--media packed`: the same pull, its media in shards, whatever the store had before."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.init import create
from curate.media import store as stores
from curate.media.stored import StoredMedia
from curate.media.video import has_reader
from curate.workspace import Workspace
from schemas.errors import SourceError, WorkspaceError
from tests.support.bundles import ANNA, built, pushed
from tests.support.cli import curate
from tests.support.packing import pack, unpacked
from tests.support.pictures import write_picture
from tests.support.pulling import pulled, question, rows_of, tree, workspace_at, write_lines
from tests.support.sampling import film

needs_reader = pytest.mark.skipif(not has_reader(), reason="needs PyAV")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Pictures, one of them twice, frames, and a picture that is none."""
    folder = tmp_path / "in"
    for number in range(4):
        write_picture(folder / f"{number}.png", colour=40 * number)
        write_picture(folder / "frames" / f"{number}.png", colour=30 * number)
    (folder / "broken.png").write_bytes(b"no picture")
    rows = [
        question("Which?", "Red", "Blue", images=["0.png", "1.png"]),
        question("Whose?", "Red", "Blue", images=["0.png"]),
        question("And then?", "It stops", "It turns", video="frames"),
        question("Broken?", "Yes", "No", images=["broken.png"]),
    ]
    return write_lines(folder / "set.jsonl", rows)


def packed(workspace: Workspace) -> list[str]:
    """The names in all shards."""
    tables = [pq.read_table(path, columns=["file"]) for path in workspace.media.glob("packed/*")]
    return sorted(name for table in tables for name in table.column(0).to_pylist())


def shown(workspace: Workspace) -> set[str]:
    media = [medium for row in rows_of(workspace, "prompts") for medium in row["media"]]
    names = [name for medium in media for name in (medium["file"], *medium["frames"])]
    return {name for name in names if name}


def incoming(workspace: Workspace) -> list[Path]:
    return list(workspace.media.glob(".incoming/*"))


def test_the_pull_is_the_same_and_its_media_are_packed(tmp_path: Path, source: Path) -> None:
    here, there = workspace_at(tmp_path / "packed"), workspace_at(tmp_path / "files")
    one, other = pulled(here, source, media="packed"), pulled(there, source)
    assert one == other
    assert tree(here.pulls) == tree(there.pulls)
    assert packed(here) == unpacked(there.media) == sorted(shown(here))
    assert unpacked(here.media) == []
    assert incoming(here) == []
    store = StoredMedia(here.media)
    assert all(store.read(name) == StoredMedia(there.media).read(name) for name in packed(here))


@pytest.mark.parametrize("layouts", [("packed",) * 2, ("files", "packed"), ("packed", "files")])
def test_what_is_there_in_either_layout_is_not_stored_again(
    tmp_path: Path, source: Path, layouts: tuple[str, str]
) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    pulled(workspace, source, media=layouts[0])
    before = tree(workspace.root)
    assert pulled(workspace, source, media=layouts[1]).existed
    assert tree(workspace.root) == before


def test_a_file_that_was_cut_short_is_mended_where_it_lies(tmp_path: Path, source: Path) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    pulled(workspace, source)
    name = unpacked(workspace.media)[0]
    path = StoredMedia(workspace.media).path_of(name)
    whole = path.read_bytes()
    path.write_bytes(whole[:9])
    pulled(workspace, source, media="packed")
    assert path.read_bytes() == whole
    assert packed(workspace) == []


@pytest.mark.parametrize("at", ["missing", "full"])
def test_a_pull_that_fails_leaves_nothing_half(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    with source.open("a", encoding="utf-8") as file:
        file.write('{"prompt": "Gone?", "images": ["gone.png"], "responses": [{"text": "a"}]}\n')
    with monkeypatch.context() as patched:
        if at == "full":
            patched.setattr("curate.media.packer.sync_file", _full)
        with pytest.raises((SourceError, OSError)):
            pulled(workspace, source, media="packed", missing_media="fail")
    assert incoming(workspace) == []
    assert packed(workspace) == []
    pulled(workspace, source, media="packed")
    assert packed(workspace) == sorted(shown(workspace))


def _full(_path: Path) -> None:
    raise OSError(28, "No space left on device")


def test_what_a_killed_pull_left_is_cleared(tmp_path: Path, source: Path) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    (workspace.media / ".incoming").mkdir(parents=True)
    (workspace.media / ".incoming" / "99-0").write_bytes(b"PAR1 half a shard")
    pulled(workspace, source, media="packed")
    assert incoming(workspace) == []


@needs_reader
def test_films_are_packed_and_long_ones_stay_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film(tmp_path / "in" / "short.mp4", 4)
    film(tmp_path / "in" / "long.mp4", 40)
    rows = [question(f"{name}?", "Yes", "No", video=f"{name}.mp4") for name in ("short", "long")]
    lines = write_lines(tmp_path / "in" / "set.jsonl", rows)
    short = (tmp_path / "in" / "short.mp4").stat().st_size
    monkeypatch.setattr(stores, "LARGEST", short)
    workspace = workspace_at(tmp_path / "workspace")
    pulled(workspace, lines, media="packed")
    sizes = [StoredMedia(workspace.media).size(name) for name in packed(workspace)]
    assert sizes == [short]
    assert len(unpacked(workspace.media)) == 1
    before = tree(workspace.root)
    pulled(workspace, lines, media="packed")
    assert tree(workspace.root) == before


@needs_reader
def test_frames_of_a_film_are_packed(tmp_path: Path) -> None:
    film(tmp_path / "in" / "film.mp4", 6)
    lines = write_lines(tmp_path / "in" / "set.jsonl", [question("?", "a", video="film.mp4")])
    workspace = workspace_at(tmp_path / "workspace")
    pulled(workspace, lines, media="packed", video_frames=3)
    assert len(packed(workspace)) == 3
    assert unpacked(workspace.media) == []


@pytest.mark.parametrize("every", [1, 2])
@pytest.mark.parametrize("layout", ["files", "packed"])
def test_another_workspace_is_pulled_from_and_into_either_layout(
    tmp_path: Path, source: Path, every: int, layout: str
) -> None:
    other, workspace = workspace_at(tmp_path / "other"), workspace_at(tmp_path / "workspace")
    pulled(other, source)
    names = unpacked(other.media)
    pack(other.media, every)
    pulled(workspace, f"workspace:{other.root}", media=layout)  # type: ignore[arg-type]
    assert tree(workspace.pulls) == tree(other.pulls)
    found = packed(workspace) if layout == "packed" else unpacked(workspace.media)
    assert found == names


def test_a_damaged_shard_of_another_workspace_is_named(tmp_path: Path, source: Path) -> None:
    other, workspace = workspace_at(tmp_path / "other"), workspace_at(tmp_path / "workspace")
    pulled(other, source, media="packed")
    (shard,) = other.media.glob("packed/*")
    shard.write_bytes(shard.read_bytes()[:-9])
    with pytest.raises(WorkspaceError, match=f"{shard} cannot be read"):
        pulled(workspace, f"workspace:{other.root}", media="packed")  # type: ignore[arg-type]
    assert rows_of(workspace, "prompts") == []
    assert incoming(workspace) == []


@pytest.mark.parametrize("layout", ["files", "packed"])
def test_a_push_is_restored_into_either_layout(tmp_path: Path, source: Path, layout: str) -> None:
    there = create(tmp_path / "there", overrides=(ANNA,))
    pulled(there, source, media="packed")
    report = built(there)
    folder = pushed(there, tmp_path)
    here = workspace_at(tmp_path / "here")
    pulled(here, folder, media=layout)
    assert (packed if layout == "packed" else _files)(here) == packed(there)
    assert built(here).manifest.build_id == report.manifest.build_id


def _files(workspace: Workspace) -> list[str]:
    return unpacked(workspace.media)


def test_a_damaged_shard_is_one_line_at_the_command_line(tmp_path: Path, source: Path) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    done = curate("pull", source, "--media", "packed", "-C", workspace.root)
    assert done.code == 0
    (shard,) = workspace.media.glob("packed/*")
    shard.write_bytes(b"PAR1 and no more")
    done = curate("pull", source, "-C", workspace.root)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert f"{shard} cannot be read" in done.err
