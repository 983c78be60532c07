from pathlib import Path

import pytest

from export.hub.changes import Changes, Head, changes_of, touched
from export.hub.files import Content, LocalFile, RemoteFile
from schemas.errors import HubError


def content(text: str) -> Content:
    return Content(len(text), f"sha256 of {text}", f"oid of {text}")


def local(**texts: str) -> dict[str, LocalFile]:
    return {path: LocalFile(path, Path(path), content(text)) for path, text in texts.items()}


def head(there: dict[str, str], ours: dict[str, str] | None = None) -> Head:
    files = {path: RemoteFile(len(text), f"oid of {text}") for path, text in there.items()}
    return Head("c" * 40, True, files, {path: content(text) for path, text in (ours or {}).items()})


def test_without_a_repository_all_is_new() -> None:
    assert changes_of(local(a="1", b="2"), None, "o/n") == Changes(added=("a", "b"))


def test_files_are_added_changed_and_deleted_by_content() -> None:
    found = changes_of(
        local(new="1", same="2", other="3"),
        head({"same": "2", "other": "0", "gone": "4"}, {"same": "2", "other": "0", "gone": "4"}),
        "o/n",
    )
    assert found == Changes(added=("new",), changed=("other",), deleted=("gone",))
    assert found.sent == ("new", "other")


def test_files_of_others_stay() -> None:
    found = changes_of(local(a="1"), head({"a": "1", "theirs": "x"}, {"a": "1"}), "o/n")
    assert not found


def test_what_others_edited_is_told() -> None:
    there = head({"a": "edited", "b": "edited"}, {"a": "1", "b": "2"})
    assert changes_of(local(a="1"), there, "o/n").overwritten == ("a", "b")


def test_data_of_others_that_a_reader_would_mix_in_is_refused() -> None:
    files = local(**{"data/train-00000-of-00001.parquet": "1"})
    with pytest.raises(HubError, match=r"o/n holds data/train-00000-of-00002.parquet, which no"):
        changes_of(files, head({"data/train-00000-of-00002.parquet": "0"}), "o/n")
    assert changes_of(files, head({"more/train.parquet": "0"}), "o/n").added


def test_only_our_paths_clash() -> None:
    before, after = head({"a": "1", "b": "1"}, {"b": "1"}), head({"a": "2", "b": "2", "c": "3"})
    assert touched(before, after, local(a="1")) == ("a", "b")
    assert touched(before, after, local(d="1")) == ("b",)
