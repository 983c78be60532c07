import json
from pathlib import Path

import pytest

from export.folder import RECORD, is_record, record, replaced
from schemas.errors import ExportError


def put(out: Path, **files: str) -> None:
    with replaced(out) as folder:
        for name, text in files.items():
            (folder / name).write_text(text)
        record(folder, files=sorted(files))


def put_half(out: Path) -> None:
    with replaced(out) as folder:
        (folder / "a").write_text("half")
        raise KeyboardInterrupt


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_folder_appears_with_its_files_and_a_record_of_them(tmp_path: Path) -> None:
    put(tmp_path / "deep" / "out", a="1")
    assert names(tmp_path / "deep" / "out") == ["a", RECORD]
    assert json.loads((tmp_path / "deep" / "out" / RECORD).read_text()) == {
        "made_by": "pairwright",
        "files": ["a"],
    }


def test_nothing_but_the_folder_is_left(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1")
    put(tmp_path / "out", a="2")
    assert names(tmp_path) == ["out"]


def test_an_export_of_ours_is_replaced_whole(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1", b="1")
    put(tmp_path / "out", a="2")
    assert names(tmp_path / "out") == ["a", RECORD]
    assert (tmp_path / "out" / "a").read_text() == "2"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    put(tmp_path / "out", a="1")
    assert names(tmp_path / "out") == ["a", RECORD]


def test_a_failed_export_leaves_the_old_one_and_no_rest(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1")
    with pytest.raises(KeyboardInterrupt):
        put_half(tmp_path / "out")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "a").read_text() == "1"


def test_what_a_killed_export_left_is_swept_away(tmp_path: Path) -> None:
    part = tmp_path / ".out.part"
    part.mkdir()
    (part / "train-00000.part").write_text("half")
    put(tmp_path / "out", a="1")
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["a", RECORD]


@pytest.mark.parametrize(
    "content", ["{}", "[]", "no json", '{"made_by": "pairwright", "files": 3}']
)
def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / RECORD).write_text(content)
    (out / "thesis.tex").write_text("years of work")
    with pytest.raises(ExportError, match=r"which no export wrote; move it away"):
        put(out, a="1")
    assert (out / "thesis.tex").read_text() == "years of work"


def test_a_file_put_into_our_export_is_not_thrown_away_with_it(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1")
    (tmp_path / "out" / "notes.md").write_text("mine")
    with pytest.raises(ExportError, match=r"holds 'notes\.md'"):
        put(tmp_path / "out", a="2")


def test_a_file_or_a_link_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(ExportError, match="is not a folder"):
            put(tmp_path / name, a="1")


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with replaced(tmp_path / "out") as folder:
        (folder / "a").write_text("1")
        with pytest.raises(ExportError, match="is being written by another run"):
            put(tmp_path / "out", a="2")
        record(folder, files=["a"])
    assert (tmp_path / "out" / "a").read_text() == "1"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"file/out cannot be written"):
        put(tmp_path / "file" / "out", a="1")


def test_folders_that_a_killed_export_left_are_cleared(tmp_path: Path) -> None:
    (tmp_path / ".out.part" / "media").mkdir(parents=True)
    (tmp_path / ".out.part" / "media" / "a.png").write_text("half")
    with replaced(tmp_path / "out") as folder:
        record(folder, files=[])
    assert names(tmp_path / "out") == [RECORD]


def test_a_record_is_known_by_its_name_and_first_words(tmp_path: Path) -> None:
    record(tmp_path, format="native", files=[])
    assert is_record(tmp_path / RECORD)
    (tmp_path / "other.json").write_bytes((tmp_path / RECORD).read_bytes())
    assert not is_record(tmp_path / "other.json")
    (tmp_path / RECORD).write_text('{"made_by": "hand", "prompt": "Which?"}')
    assert not is_record(tmp_path / RECORD)
