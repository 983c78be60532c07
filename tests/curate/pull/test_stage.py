"""A pull brings a source in once, whole, in the same bytes, with a reason for every row lost."""

import json
import os
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.locks import held
from curate.pull.commit import journal_of
from curate.pull.tables import pull_id_of
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.errors import SourceError, UsageError, WorkspaceError
from schemas.manifest import PullManifest
from tests.support.pictures import write_picture
from tests.support.pulling import (
    NOW,
    events_of,
    pulled,
    question,
    rows_of,
    tree,
    workspace_at,
    write_lines,
)

ROWS = [
    question("Which colour?", "Red", "Blue", images=["a.png"], key="q1"),
    question("How many?", "Two", "Three", "Four", reference="Two"),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_at(tmp_path / "w")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_picture(tmp_path / "in" / "a.png")
    return write_lines(tmp_path / "in" / "set.jsonl", ROWS)


def test_pull_writes_tables_journal_media_and_what_it_says_of_itself(
    workspace: Workspace, source: Path
) -> None:
    report = pulled(workspace, source, licence="CC0-1.0")
    assert (report.prompts, report.candidates, report.ratings, report.media) == (2, 5, 5, 1)
    assert report.new == {"prompts": 2, "candidates": 5, "events": 2}
    (folder,) = workspace.pull_folders()
    manifest = PullManifest.model_validate_json((folder / "pull.json").read_bytes())
    assert folder.name == manifest.pull_id == report.pull_id
    assert manifest.pull_id == f"set-{manifest.digest[:12]}"
    assert (manifest.source, manifest.format, manifest.licence) == ("set", "native", "CC0-1.0")
    assert (manifest.counts["records"], manifest.counts["responses"]) == (2, 5)
    assert {row["source"] for row in rows_of(workspace, "prompts")} == {"set"}
    (medium,) = [row["media"][0] for row in rows_of(workspace, "prompts") if row["media"]]
    assert (workspace.media / medium["file"][:2] / medium["file"]).is_file()


def test_tables_have_their_schemas_and_the_order_of_ids(workspace: Workspace, source: Path) -> None:
    pulled(workspace, source)
    for name in ("prompts", "candidates", "dropped"):
        (path,) = workspace.pull_tables(name)
        assert pq.read_schema(path).equals(table_schema(name))
    for name, key in (("prompts", "prompt_id"), ("candidates", "candidate_id")):
        ids = [row[key] for row in rows_of(workspace, name)]
        assert ids == sorted(ids)
    ids = [event.event_id for event in events_of(workspace)]
    assert ids == sorted(ids)


def test_pulling_the_same_source_twice_adds_nothing(workspace: Workspace, source: Path) -> None:
    first = pulled(workspace, source)
    before = tree(workspace.root)
    again = pulled(workspace, source, now=NOW + timedelta(days=9))
    assert tree(workspace.root) == before
    assert (again.existed, again.pull_id) == (True, first.pull_id)
    assert again.new == {"prompts": 0, "candidates": 0, "events": 0}
    assert (again.prompts, again.candidates) == (2, 5)


def test_same_source_gives_the_same_bytes_in_another_workspace(
    workspace: Workspace, source: Path, tmp_path: Path
) -> None:
    other = workspace_at(tmp_path / "other")
    pulled(workspace, source)
    shutil.copytree(source.parent, tmp_path / "elsewhere")
    pulled(other, tmp_path / "elsewhere" / "set.jsonl")
    assert tree(workspace.pulls) == tree(other.pulls)
    assert tree(workspace.annotations) == tree(other.annotations)
    assert tree(workspace.media) == tree(other.media)


def test_source_that_grew_says_what_is_new(workspace: Workspace, source: Path) -> None:
    pulled(workspace, source)
    write_lines(source, [*ROWS, question("And now?", "Yes", "No")])
    report = pulled(workspace, source)
    assert report.prompts == 3
    assert report.new == {"prompts": 1, "candidates": 2, "events": 1}
    assert len(workspace.pull_folders()) == 2


def test_prompt_of_several_records_is_one_with_what_all_say_of_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        {
            "prompt": "Q",
            "attributes": {"a": "1", "b": "x"},
            "responses": [{"text": "A", "model": "n"}],
        },
        {
            "prompt": "Q",
            "attributes": {"b": "y", "c": "3"},
            "reference": "R",
            "key": "k",
            "responses": [{"text": "A", "model": "m"}, {"text": "B", "origin": "written"}],
        },
    ]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    (prompt,) = rows_of(workspace, "prompts")
    assert (prompt["reference"], prompt["source_key"]) == ("R", "k")
    assert list(prompt["attributes"].items()) == [("a", "1"), ("b", "x"), ("c", "3")]
    made = {row["response"]: row for row in rows_of(workspace, "candidates")}
    assert [one["model"] for one in made["A"]["generations"]] == ["m", "n"]
    assert (made["A"]["origin"], made["B"]["origin"]) == ("sampled", "written")
    assert (report.prompts, report.candidates) == (1, 2)


def test_same_vote_in_two_records_is_one_event(workspace: Workspace, tmp_path: Path) -> None:
    row = question("Q", "A", "B")
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", [row, row]))
    assert (report.new["events"], report.ratings) == (1, 2)


def test_every_row_is_kept_or_dropped_with_a_reason(workspace: Workspace, tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png")
    bad = [
        b"{no json",
        {"prompt": 5},
        {"prompt": " ", "responses": [{"text": "x"}, {"text": "y"}]},
        {"prompt": "Q", "images": ["gone.png"], "responses": [{"text": "x"}]},
        {"prompt": "Q", "images": ["../a.png"]},
        {"prompt": "Q", "images": ["http://pictures.example/a.png"]},
        {"prompt": "Kept", "responses": [{"text": None}, {"text": "ok"}, {"text": "$ERROR$"}]},
    ]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", [*bad, *ROWS]))
    rows = rows_of(workspace, "dropped")
    assert report.dropped == Counter(row["reason"] for row in rows)
    assert Counter((row["level"], row["reason"]) for row in rows) == {
        ("row", "bad_json"): 1,
        ("row", "bad_type"): 1,
        ("prompt", "empty_prompt"): 1,
        ("candidate", "empty_prompt"): 2,
        ("prompt", "missing_media"): 1,
        ("candidate", "missing_media"): 1,
        ("prompt", "unsafe_path"): 1,
        ("prompt", "remote_not_allowed"): 1,
        ("candidate", "empty_response"): 1,
        ("candidate", "error_text"): 1,
    }
    assert {row["step"] for row in rows} == {"pull"}
    assert all(row["detail"] and row["id"] and row["source"] == "set" for row in rows)


def test_counts_of_records_are_kept_plus_dropped(workspace: Workspace, tmp_path: Path) -> None:
    rows = [question("Q1", "A", "B"), {"prompt": ""}, question("Q2", "A", "")]
    pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    (folder,) = workspace.pull_folders()
    counts = json.loads((folder / "pull.json").read_text())["counts"]
    dropped = Counter(row["level"] for row in rows_of(workspace, "dropped"))
    assert counts["records"] == counts["prompts"] + dropped["prompt"]
    assert counts["responses"] == counts["candidates"] + dropped["candidate"]


def test_source_of_which_nothing_can_be_used_is_a_pull_with_its_reasons(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [{"prompt": "Q", "images": ["gone.png"], "responses": [{"text": "A"}]}]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    assert (report.prompts, report.dropped) == (0, {"missing_media": 2})
    assert "no row of set could be used" in report.warnings[0]


# Missing media


def test_missing_media_are_kept_apart_by_path_where_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [{"prompt": "What?", "images": [f"{name}.png"]} for name in "aab"]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", rows), missing_media="keep")
    assert (report.prompts, report.media, report.dropped) == (2, 0, {})
    kept = [row["media"][0] for row in rows_of(workspace, "prompts")]
    assert sorted(medium["path"] for medium in kept) == ["a.png", "b.png"]
    assert {medium["sha256"] for medium in kept} == {None}


def test_addresses_that_may_not_be_fetched_are_kept_where_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [{"prompt": "What?", "images": ["https://pictures.example/a.png"]}]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", rows), missing_media="keep")
    assert (report.prompts, report.dropped) == (1, {})


@pytest.mark.parametrize("path", ["../up.png", "text.png"])
def test_unsafe_and_unreadable_media_are_never_kept(
    workspace: Workspace, tmp_path: Path, path: str
) -> None:
    (tmp_path / "text.png").write_text("no picture")
    rows = [{"prompt": "What?", "images": [path]}]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", rows), missing_media="keep")
    assert report.prompts == 0


def test_missing_media_stop_the_pull_where_asked(workspace: Workspace, tmp_path: Path) -> None:
    before = tree(workspace.root)
    rows = [{"prompt": "Q"}, {"prompt": "What?", "images": ["gone.png"]}]
    with pytest.raises(SourceError, match=r"set\.jsonl, line 2: 'gone\.png'.*--missing-media"):
        pulled(workspace, write_lines(tmp_path / "set.jsonl", rows), missing_media="fail")
    assert tree(workspace.root) == before


def test_repeated_prompt_that_leaves_is_counted_once(workspace: Workspace, tmp_path: Path) -> None:
    row = {"prompt": "What?", "images": ["gone.png"], "responses": [{"text": "A"}]}
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", [row, row]))
    assert report.dropped == {"missing_media": 2}


def test_media_root_is_where_pictures_lie(workspace: Workspace, tmp_path: Path) -> None:
    write_picture(tmp_path / "elsewhere" / "a.png")
    path = write_lines(tmp_path / "in" / "set.jsonl", [ROWS[0]])
    assert pulled(workspace, path, media_root=tmp_path / "elsewhere").media == 1


def test_same_picture_under_two_names_is_one_file(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        write_picture(tmp_path / name)
    rows = [{"prompt": "What?", "images": [name]} for name in ("a.png", "b.png")]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    assert (report.prompts, report.media) == (1, 1)


def test_frames_and_data_uris_come_in(workspace: Workspace, tmp_path: Path) -> None:
    for number in (2, 10):
        write_picture(tmp_path / "clip" / f"f{number}.png", colour=number)
    rows = [{"prompt": "What?", "video": "clip"}]
    pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    (medium,) = rows_of(workspace, "prompts")[0]["media"]
    assert (medium["kind"], len(medium["frames"]), medium["file"]) == ("frames", 2, None)


# Options


def test_dry_run_shows_the_first_records_and_writes_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = tree(workspace.root)
    path = write_lines(
        tmp_path / "set.jsonl", [{"question": "Why?", "answer": "So.", "n": 1}, b"{"]
    )
    report = pulled(
        workspace, path, dry_run=True, field_map={"prompt": "question", "response": "answer"}
    )
    assert tree(workspace.root) == before
    assert (report.pull_id, report.map) == (None, {"prompt": "question", "response": "answer"})
    assert report.first[0]["prompt"] == "Why?"
    assert report.first[0]["responses"] == ["So."]
    assert report.first[1]["dropped"] == "bad_json"
    assert set(report.payload()) >= {"prompts", "new", "dropped", "first", "map"}


def test_limit_takes_so_many_prompts(workspace: Workspace, source: Path) -> None:
    assert pulled(workspace, source, limit=1).prompts == 1


def test_field_map_is_kept_with_the_pull(workspace: Workspace, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "set.jsonl", [{"q": "Why?", "a": "So."}])
    pulled(workspace, path, field_map={"prompt": "q", "response": "a"})
    (folder,) = workspace.pull_folders()
    assert json.loads((folder / "pull.json").read_text())["map"] == {"prompt": "q", "response": "a"}


def test_other_licence_for_a_pull_that_is_there_is_told(workspace: Workspace, source: Path) -> None:
    pulled(workspace, source, licence="CC0-1.0")
    report = pulled(workspace, source, licence="MIT")
    assert "with the licence CC0-1.0" in report.warnings[0]


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("nothing/there.jsonl", SourceError),
        ("https://data.example/set.jsonl", SourceError),
        ("workspace:nothing/there", WorkspaceError),
    ],
)
def test_source_that_is_not_there_leaves_the_workspace_as_it_was(
    workspace: Workspace, location: str, error: type[Exception]
) -> None:
    before = tree(workspace.root)
    with pytest.raises(error):
        pulled(workspace, Path(location) if ":" not in location else location)  # type: ignore[arg-type]
    assert tree(workspace.root) == before


def test_map_with_a_known_layout_is_a_usage_error(workspace: Workspace, source: Path) -> None:
    with pytest.raises(UsageError):
        pulled(workspace, source, format="native", field_map={"prompt": "q"})


def test_source_that_breaks_off_leaves_the_workspace_as_it_was(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = tree(workspace.root)
    path = tmp_path / "set.parquet"
    pq.write_table(pq.read_table(_parquet(tmp_path)), path, row_group_size=1)
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = os.urandom(len(data) // 2 - len(data) // 3)
    path.write_bytes(bytes(data))
    with pytest.raises(SourceError, match="set"):
        pulled(workspace, path, field_map={"prompt": "prompt"})
    assert tree(workspace.root) == before


def _parquet(folder: Path) -> Path:
    import pyarrow as pa

    path = folder / "whole.parquet"
    pq.write_table(pa.table({"prompt": [f"Q{number} {'x' * 99}" for number in range(50)]}), path)
    return path


def test_second_pull_at_once_says_who_holds_the_lock(workspace: Workspace, source: Path) -> None:
    with (
        held(workspace.pulls / ".lock", "a pull"),
        pytest.raises(WorkspaceError, match=rf"already running.*{os.getpid()}"),
    ):
        pulled(workspace, source)


def test_interrupted_pull_leaves_nothing_half(workspace: Workspace, source: Path) -> None:
    before = tree(workspace.pulls)

    def interrupt(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pulled(workspace, source, progress=interrupt)
    assert tree(workspace.pulls) == before
    assert tree(workspace.annotations) == {}
    assert pulled(workspace, source).prompts == 2


def test_leftovers_of_a_dead_process_are_removed(workspace: Workspace, source: Path) -> None:
    for stale in (workspace.pulls / ".staging-1", workspace.media / ".incoming"):
        stale.mkdir()
        (stale / "half").write_bytes(b"half")
    pulled(workspace, source)
    assert not list(workspace.pulls.glob(".staging-*"))
    assert not list((workspace.media / ".incoming").iterdir())


def test_journal_without_its_pull_is_no_vote_and_is_written_again(
    workspace: Workspace, source: Path
) -> None:
    report = pulled(workspace, source)
    whole = tree(workspace.annotations)
    shutil.rmtree(workspace.pulls / str(report.pull_id))
    journal_of(workspace, str(report.pull_id)).write_bytes(b"torn")
    assert workspace.journals() == []
    pulled(workspace, source)
    assert tree(workspace.annotations) == whole


def test_progress_counts_every_record(workspace: Workspace, source: Path) -> None:
    counted: list[int] = []
    pulled(workspace, source, progress=counted.append)
    assert sum(counted) == 2


def test_rows_larger_than_a_chunk_stream_through(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.pull.staging.CHUNK_ROWS", 7)
    rows = [question(f"Q{number}", "A", "B") for number in range(50)]
    report = pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    assert (report.prompts, report.candidates, report.ratings) == (50, 100, 100)


@pytest.mark.parametrize(
    ("source", "slug"),
    [("set", "set"), ("owner/Name.v2", "owner-name-v2"), ("数据", "source"), ("-", "source")],
)
def test_pull_is_named_after_its_source_and_content(source: str, slug: str) -> None:
    assert pull_id_of(source, "ab" * 32) == f"{slug}-abababababab"


@given(st.text(max_size=80))
def test_pull_ids_are_plain_folder_names(source: str) -> None:
    name = pull_id_of(source, "0" * 64)
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 53
