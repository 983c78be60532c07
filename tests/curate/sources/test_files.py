import gzip
import json
import os
from pathlib import Path

import pytest

from curate.sources.files import of_split
from schemas.errors import SourceError
from tests.support.sources import drops_of, items_of, lines_file, source_of, values_of


def test_files_of_a_folder_are_taken_in_sorted_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    lines_file(tmp_path, [{"n": 3}], "c.jsonl")
    lines_file(tmp_path / "b", [{"n": 2}], "z.jsonl")
    (tmp_path / "a.csv").write_text("n\n1\n")
    assert source_of(tmp_path).files == ("a.csv", "b/z.jsonl", "c.jsonl")
    assert [row["n"] for row in values_of(items_of(tmp_path))] == ["1", 2, 3]


def test_rows_name_their_file_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    lines_file(tmp_path / "part", [{"n": 1}, b"{"])
    assert [item.file for item in items_of(tmp_path)] == ["part/data.jsonl"] * 2


def test_hidden_files_and_descriptions_are_no_data(tmp_path: Path) -> None:
    for name in (".x.jsonl", "_x.jsonl", "dataset_info.json", "notes.txt", "1.png", "a.jsonl"):
        lines_file(tmp_path, [{"n": 1}], name)
    (tmp_path / ".git").mkdir()
    lines_file(tmp_path / ".git", [{"n": 1}])
    assert source_of(tmp_path).files == ("a.jsonl",)


def test_forced_container_reads_a_file_whatever_its_name(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [{"n": 1}], "answers.txt")
    assert values_of(items_of(path, "jsonl")) == [{"n": 1}]


def test_forced_container_picks_its_files_of_a_folder(tmp_path: Path) -> None:
    lines_file(tmp_path, [{"n": 1}])
    (tmp_path / "a.csv").write_text("n\n1\n")
    assert source_of(tmp_path, "csv").files == ("a.csv",)


def test_root_of_media_is_the_files_folder_unless_another_is_given(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [{"n": 1}])
    assert source_of(path).root == tmp_path


def test_packed_lines_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"n": 1}\n{"n": 2}\n'))
    assert values_of(items_of(path)) == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize(
    "content",
    [b"no gzip at all", gzip.compress(b'{"n": 1}\n' * 999, mtime=0)[:-20]],
    ids=["no gzip", "cut short"],
)
def test_broken_gzip_stops_with_the_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"data\.jsonl\.gz cannot be read"):
        items_of(path)


def test_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nothing\.jsonl: no such file"):
        items_of(tmp_path / "nothing.jsonl")


def test_folder_without_data_says_what_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"")
    with pytest.raises(SourceError, match=r"no file ending in \.jsonl"):
        items_of(tmp_path)


def test_file_of_unknown_kind_asks_for_the_format(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [{"n": 1}], "data.bin")
    with pytest.raises(SourceError, match="say --format jsonl"):
        items_of(path)


def test_folder_named_like_a_file_is_read_as_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "train.jsonl"
    folder.mkdir()
    lines_file(folder, [{"n": 1}])
    assert values_of(items_of(folder)) == [{"n": 1}]


def test_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    outside = lines_file(tmp_path, [{"secret": 1}])
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "x.jsonl").symlink_to(outside)
    with pytest.raises(SourceError, match="link that leaves"):
        items_of(folder)


def test_link_inside_the_folder_is_read(tmp_path: Path) -> None:
    lines_file(tmp_path, [{"n": 1}], "real.txt")
    (tmp_path / "x.jsonl").symlink_to(tmp_path / "real.txt")
    assert values_of(items_of(tmp_path)) == [{"n": 1}]


def test_linked_folder_is_not_entered(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    lines_file(outside, [{"secret": 1}])
    folder = tmp_path / "set"
    folder.mkdir()
    lines_file(folder, [{"n": 1}], "a.jsonl")
    (folder / "pictures").symlink_to(outside)
    assert source_of(folder).files == ("a.jsonl",)


def test_pipe_is_not_waited_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data.jsonl")
    with pytest.raises(SourceError, match="no regular file"):
        items_of(tmp_path / "data.jsonl")
    with pytest.raises(SourceError, match="no regular file"):
        items_of(tmp_path)


def test_head_gives_the_first_readable_rows(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [b"{", *({"n": n} for n in range(50))])
    source = source_of(path)
    assert source.head("data.jsonl", 3) == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_head_does_not_read_a_broken_file_to_its_end(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [b"{"] * 100 + [{"n": 1}])
    assert source_of(path).head("data.jsonl", 3) == []


def test_file_that_went_away_stops_with_its_name(tmp_path: Path) -> None:
    source = source_of(lines_file(tmp_path, [{"n": 1}]))
    (tmp_path / "data.jsonl").unlink()
    with pytest.raises(SourceError, match=r"data\.jsonl cannot be read"):
        list(source.rows("data.jsonl"))


def test_drops_keep_their_line(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [{"n": 1}, b"", b"{", json.dumps([1]).encode()])
    assert drops_of(items_of(path)) == [(3, "bad_json"), (4, "bad_type")]


def test_a_split_is_the_files_that_are_called_after_it(tmp_path: Path) -> None:
    for name in ("train-00000.parquet", "test-00000.jsonl", "test.jsonl", "tests.jsonl"):
        (tmp_path / name).write_text('{"a": 1}\n')
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "part.jsonl").write_text('{"a": 1}\n')
    found = of_split(source_of(tmp_path), "test")
    assert found.files == ("test-00000.jsonl", "test.jsonl", "test/part.jsonl")
    assert found.root == tmp_path


def test_a_split_that_no_file_is_called_after_is_said(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text('{"a": 1}\n')
    with pytest.raises(SourceError, match=r"no file of split 'test' \(files: train\.jsonl\)"):
        of_split(source_of(tmp_path), "test")
