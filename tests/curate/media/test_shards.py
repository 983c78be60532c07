"""Files in shards: found by name wherever they lie, and read as what their name says."""

import hashlib
import os
import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.media import packer, shard_index, shards
from curate.media.packer import Packer
from curate.media.shard_index import PACKED
from curate.media.shards import Shards
from schemas.errors import WorkspaceError


def made(count: int, size: int = 400, extension: str = "png") -> dict[str, bytes]:
    """Files by name; no two are of one length."""
    contents = [random.Random(n).randbytes(size + n) for n in range(count)]
    return {f"{hashlib.sha256(data).hexdigest()}.{extension}": data for data in contents}


def pack(folder: Path, files: Mapping[str, bytes]) -> Shards:
    found = Shards(folder)
    packing = Packer(folder, found, lambda: folder.parent / "half")
    for file, data in files.items():
        packing.add(file, data)
    packing.finish()
    return Shards(folder)


def by_another_hand(path: Path, files: Mapping[str, bytes], **options: Any) -> Shards:
    path.parent.mkdir(exist_ok=True)
    pq.write_table(
        pa.table([list(files), list(files.values())], names=PACKED.names), path, **options
    )
    return Shards(path.parent)


def shard_of(folder: Path) -> Path:
    (path,) = folder.glob("*.parquet")
    return path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of a few files, and shards of a few groups."""
    monkeypatch.setattr(packer, "GROUP_BYTES", 2_000)
    monkeypatch.setattr(packer, "SHARD_BYTES", 20_000)


@pytest.mark.usefixtures("small")
def test_every_file_is_read_in_any_order(tmp_path: Path) -> None:
    files = made(150) | made(30, 3_000, "webm")
    found = pack(tmp_path / "packed", files)
    assert len(list((tmp_path / "packed").iterdir())) > 5
    order = list(files)
    random.Random(1).shuffle(order)
    assert all(found.read(file) == files[file] for file in order)
    assert all(found.size(file) == len(files[file]) for file in order)


@pytest.mark.usefixtures("small")
def test_of_a_group_one_file_alone_is_read_once_its_lengths_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = made(150)
    read: list[int] = []
    whole = shards._values

    def counted(group: Any) -> Any:
        read.append(group.number)
        return whole(group)

    monkeypatch.setattr(shards, "_values", counted)
    found = pack(tmp_path / "packed", files)
    groups = sum(pq.read_metadata(path).num_row_groups for path in tmp_path.glob("packed/*"))
    for _ in range(3):
        assert all(found.read(file) == data for file, data in files.items())
    assert len(read) == groups


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    files = made(3)
    found = pack(tmp_path / "packed", files)
    other = f"{next(iter(files))[:64]}.jpg"
    for name in (other, f"{'0' * 64}.png", f"{'f' * 64}.png", "../x.png", ""):
        assert found.read(name) is None
        assert found.size(name) is None
        assert not found.has(name)
    assert Shards(tmp_path / "nowhere").read(other) is None


def test_a_shard_that_came_is_seen_and_one_that_went_is_said(tmp_path: Path) -> None:
    first, second = made(2), made(2, 900)
    found = pack(tmp_path / "packed", first)
    assert all(map(found.has, first))
    assert not any(map(found.has, second))
    gone = shard_of(tmp_path / "packed")
    pack(tmp_path / "packed", second)
    assert all(found.read(file) == data for file, data in second.items())
    gone.unlink()
    with pytest.raises(WorkspaceError, match=gone.name):
        found.read(next(iter(first)))


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "zstd"},
        {"compression": "snappy", "row_group_size": 3},
        {"compression": "none", "use_dictionary": True},
        {"compression": "none", "use_dictionary": False, "data_page_size": 100},
        {"compression": "none", "data_page_version": "2.0", "write_batch_size": 1},
    ],
)
def test_a_shard_of_another_hand_is_read_too(tmp_path: Path, options: dict[str, Any]) -> None:
    files = made(20)
    found = by_another_hand(tmp_path / "packed" / "part-0.parquet", files, **options)
    assert all(found.read(file) == data for file, data in files.items())
    assert all(found.size(file) == len(data) for file, data in files.items())


def refused(path: Path, file: str) -> str:
    """What reading says of a damaged shard: one line that names it."""
    with pytest.raises(WorkspaceError) as caught:
        Shards(path.parent).read(file)
    assert re.fullmatch(
        rf"{path} cannot be read: .+; restore it, or remove it and pull .+", str(caught.value)
    )
    return str(caught.value)


@pytest.mark.parametrize("left", [0, 3, 500, -1])
def test_a_shard_that_was_cut_is_named(tmp_path: Path, left: int) -> None:
    files = made(5)
    pack(tmp_path / "packed", files)
    path = shard_of(tmp_path / "packed")
    path.write_bytes(path.read_bytes()[:left])
    refused(path, next(iter(files)))


def test_a_byte_that_changed_is_never_read_as_the_file(tmp_path: Path) -> None:
    files = made(3)
    pack(tmp_path / "packed", files)
    path = shard_of(tmp_path / "packed")
    name, data = next(iter(files.items()))
    whole = path.read_bytes()
    at = whole.index(data) + 100
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert "other bytes than its name says" in refused(path, name)
    others = list(files.items())[1:]
    assert all(Shards(path.parent).read(file) == other for file, other in others)


def test_any_damage_is_an_error_of_one_line_or_no_damage(tmp_path: Path) -> None:
    files = made(4, 30)
    pack(tmp_path / "packed", files)
    path = shard_of(tmp_path / "packed")
    whole, random_bytes = path.read_bytes(), random.Random(3)
    for _ in range(300):
        at = random_bytes.randrange(len(whole))
        path.write_bytes(whole[:at] + random_bytes.randbytes(1) + whole[at + 1 :])
        for file, data in files.items():
            try:
                assert Shards(path.parent).read(file) in (data, None)
            except WorkspaceError as error:
                assert str(path) in str(error)  # noqa: PT017 - most damage hits none of it


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (pa.table({"file": ["x.png"], "bytes": [b""]}), "none of a media store"),
        (pa.table({"file": [None], "bytes": [b""]}, PACKED.remove_metadata()), "null|media store"),
        (pa.table({"name": ["x"], "bytes": [b""]}), "its columns are name, bytes"),
        (pa.table({"file": ["a" * 64 + ".png"], "bytes": [7]}), "cannot be read"),
        (pa.table({"file": ["a" * 64 + ".png"], "bytes": pa.array([None], pa.binary())}), "other"),
    ],
)
def test_a_table_that_is_no_shard_is_refused(tmp_path: Path, table: pa.Table, why: str) -> None:
    path = tmp_path / "packed" / "x.parquet"
    path.parent.mkdir()
    pq.write_table(pa.table(table.columns, names=table.column_names), path)
    assert re.search(why, refused(path, "a" * 64 + ".png"))


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "packed").mkdir()
    make(tmp_path / "packed" / "x.parquet")
    assert "it is no file" in refused(tmp_path / "packed" / "x.parquet", "a" * 64 + ".png")


def test_a_row_group_that_would_unpack_to_a_bomb_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = made(3)
    monkeypatch.setattr(shard_index, "GROUP_LIMIT", 1_000)
    pack(tmp_path / "packed", files)
    assert "a row group of" in refused(shard_of(tmp_path / "packed"), next(iter(files)))
