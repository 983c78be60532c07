import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from export.hub.files import RemoteFile, content, files_below


def test_a_files_names_are_those_of_git_and_sha256sum(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"some bytes\n" * 300_000)
    found = content(path)
    git = subprocess.run(
        ["git", "hash-object", "--no-filters", str(path)], check=True, capture_output=True
    )
    plain = subprocess.run(["sha256sum", str(path)], check=True, capture_output=True)
    assert found.oid == git.stdout.decode().strip()
    assert found.sha256 == plain.stdout.decode().split()[0]
    assert found.size == 3_300_000


def test_files_are_named_by_their_place_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_text("c", "utf-8")
    (tmp_path / "a.txt").write_text("", "utf-8")
    assert list(files_below(tmp_path)) == ["a.txt", "b/c.txt"]


@given(one=st.binary(max_size=20), other=st.binary(max_size=20))
def test_a_remote_file_holds_what_has_its_bytes_alone(
    tmp_path_factory: "object", one: bytes, other: bytes
) -> None:
    folder = tmp_path_factory.mktemp("files")  # type: ignore[attr-defined]
    (folder / "one").write_bytes(one)
    (folder / "other").write_bytes(other)
    held, asked = content(folder / "one"), content(folder / "other")
    small = RemoteFile(held.size, held.oid)
    large = RemoteFile(held.size, "the pointer's", held.sha256)
    assert small.holds(asked) == large.holds(asked) == (one == other)
