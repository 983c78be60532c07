"""A data set's path reaches regular files below its root and nothing else."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.media import contained
from curate.media.contained import open_below
from curate.media.rules import MediumFaultError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with one file, beside a file that must stay out of reach."""
    folder = tmp_path.resolve() / "base"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a.txt").write_bytes(b"inside")
    (folder.parent / "secret.txt").write_bytes(b"outside")
    return folder


def fault_of(root: Path, path: str) -> MediumFaultError:
    with pytest.raises(MediumFaultError) as caught, open_below(root, path):
        pass
    return caught.value


@pytest.mark.parametrize("path", ["in/a.txt", "./in/a.txt", "in//a.txt", "in/../in/a.txt"])
def test_file_below_the_root_is_read(root: Path, path: str) -> None:
    with open_below(root, path) as file:
        assert file.read() == b"inside"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "in/../../secret.txt",
        "in/../../base/in/a.txt",
        "/etc/passwd",
        "//host/share/a.txt",
        "\\\\host\\share\\a.txt",
        "C:\\windows\\a.txt",
        "c:a.txt",
        "..\\secret.txt",
        "in\\..\\..\\secret.txt",
        "in/a.txt\0.png",
        "",
        "  ",
        "\ud800/a.txt",
    ],
)
def test_path_that_could_leave_the_root_is_unsafe(root: Path, path: str) -> None:
    assert fault_of(root, path).reason == "unsafe_path"


@pytest.mark.parametrize("path", ["b.txt", "in/b.txt", "in/a.txt/b", "x" * 5000, "é/ü.png"])
def test_path_to_nothing_is_missing(root: Path, path: str) -> None:
    assert fault_of(root, path).reason == "missing_media"


def test_link_that_leaves_the_root_is_unsafe(root: Path) -> None:
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    assert fault_of(root, "link.txt").reason == "unsafe_path"


def test_linked_folder_that_leaves_the_root_is_unsafe(root: Path) -> None:
    (root / "up").symlink_to(root.parent)
    assert fault_of(root, "up/secret.txt").reason == "unsafe_path"


def test_link_that_stays_in_the_root_is_followed(root: Path) -> None:
    (root / "link.txt").symlink_to("in/a.txt")
    with open_below(root, "link.txt") as file:
        assert file.read() == b"inside"


def test_link_to_itself_is_unsafe(root: Path) -> None:
    (root / "loop").symlink_to("loop")
    assert fault_of(root, "loop").reason == "unsafe_path"


def test_fifo_is_refused_without_waiting_for_a_writer(root: Path) -> None:
    os.mkfifo(root / "pipe.png")
    assert fault_of(root, "pipe.png").reason == "unsafe_path"


def test_folder_is_no_file(root: Path) -> None:
    assert fault_of(root, "in").reason == "unsafe_path"


@pytest.mark.parametrize("swapped", ["in", "in/a.txt"])
def test_link_put_in_place_after_the_check_is_not_followed(
    root: Path, swapped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = contained.resolve_below

    def swap_after_check(root: Path, path: str) -> Path:
        target = checked(root, path)
        (root / swapped).rename(root / "moved")
        (root / swapped).symlink_to(root / "moved")
        return target

    monkeypatch.setattr(contained, "resolve_below", swap_after_check)
    assert fault_of(root, "in/a.txt").reason == "unsafe_path"


def test_details_hold_no_control_characters(root: Path) -> None:
    detail = fault_of(root, "a\x1b[2J\n\u202e.png").detail
    assert detail.isascii()
    assert detail.isprintable()


@given(st.text(max_size=40))
def test_any_text_as_a_path_is_a_fault_or_stays_below(text: str) -> None:
    root = Path(__file__).resolve().parent
    try:
        held = contained.resolve_below(root, text).is_relative_to(root)
    except MediumFaultError as fault:
        held = fault.reason in ("unsafe_path", "missing_media", "unreadable_media")
    assert held
