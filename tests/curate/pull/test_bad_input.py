"""No input file crashes a pull: every row is kept or has a reason, or the file is named and left.

Each case goes through the command line, since that is where a traceback would be seen.
"""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.cli import main
from curate.workspace import Workspace
from tests.support.pictures import bomb, picture_bytes
from tests.support.pulling import rows_of, tree, workspace_at, write_lines

GOOD = {"prompt": "Kept", "responses": [{"text": "Yes"}]}
LONE = b'{"prompt": "a\\ud800b", "responses": [{"text": "x"}]}'
DEEP = b'{"prompt": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_at(tmp_path / "w")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    """Exit code and the object of `curate ... --json`; nothing unexpected may have been raised."""
    with pytest.raises(SystemExit) as stop:
        main([*map(str, arguments), "--json"])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert "unexpected" not in err
    return int(stop.value.code or 0), json.loads(out)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def reasons_by_line(workspace: Workspace) -> dict[int, set[str]]:
    """Line of a source -> the reasons of what left there."""
    reasons: dict[int, set[str]] = {}
    for row in rows_of(workspace, "dropped"):
        reasons.setdefault(row["line"], set()).add(row["reason"])
    return reasons


# Rows

BAD_ROWS: list[tuple[bytes, str | None]] = [
    (b'{"prompt": "Q", "responses": [{"te', "bad_json"),
    (b"\xff\xfe\x00", "bad_encoding"),
    (b'{"prompt": "\xe9"}', "bad_encoding"),
    (b'{"prompt": "a\\u0000b"}', "bad_encoding"),
    (b"\0\0\0\0", None),
    (LONE, "bad_encoding"),
    (DEEP, "bad_json"),
    (b"null", "bad_type"),
    (b"5", "bad_type"),
    (b'"text"', "bad_type"),
    (b"[[1]]", "bad_type"),
    (b"{}", None),
    (b'{"prompt": null}', "empty_prompt"),
    (b'{"prompt": {"a": [null, {"b": null}]}}', "bad_type"),
    (b'{"prompt": NaN}', None),
    (b'{"prompt": "Q", "responses": {"text": "x"}}', "bad_type"),
    (b'{"prompt": "Q", "responses": [null]}', None),
    (b'{"prompt": "Q", "responses": [{"text": ["x"]}]}', "bad_type"),
    (b'{"prompt": "Q", "responses": [{"text": null}]}', "empty_response"),
    (b'{"prompt": "Q", "images": 5}', "bad_type"),
    (b'{"prompt": "Q", "images": [null]}', None),
    (b'{"prompt": "Q", "images": ["/etc/passwd"]}', "unsafe_path"),
    (b'{"prompt": "Q", "images": ["../../../etc/passwd"]}', "unsafe_path"),
    (b'{"prompt": "Q", "images": ["a\\u0000.png"]}', "unsafe_path"),
    (b'{"prompt": "Q", "images": ["\\ud800.png"]}', "bad_encoding"),
    (b'{"prompt": "Q", "images": ["http://169.254.169.254/"]}', "remote_not_allowed"),
    (b'{"prompt": "Q", "scales": {"a": [1, 2, 3]}, "responses": []}', None),
    (b'{"prompt": "Q", "rankings": [{"tiers": [[0], [9]]}]}', None),
    (b'{"messages": [{"role": "user"}]}', None),
    (b'{"messages": [{"role": "god", "content": "x"}]}', "bad_type"),
    (b'{"prompt": "Q", "key": {"a": 1}}', "bad_type"),
    (b'{"prompt": "Q", "surprise": 1}', "bad_type"),
]
"""A line and the reason it leaves for; null where any reason will do."""


def test_bad_rows_leave_with_a_reason_each_and_the_good_one_stays(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_lines(tmp_path / "set.jsonl", [GOOD, *(line for line, _ in BAD_ROWS)])
    code, report = run(capsys, "pull", path, "-C", workspace.root, "--format", "native")
    assert code == 0
    kept = [row["response"] for row in rows_of(workspace, "candidates")]
    assert "Yes" in kept
    reasons = reasons_by_line(workspace)
    assert report["dropped"]
    for number, (line, reason) in enumerate(BAD_ROWS, start=2):
        assert reasons.get(number), line
        assert reason is None or reason in reasons[number], line


def test_byte_order_mark_and_blank_lines_are_no_rows(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "set.jsonl", b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n\r\n")
    code, report = run(capsys, "pull", path, "-C", workspace.root)
    assert (code, report["prompts"], report["dropped"]) == (0, 1, {})


def test_megabyte_answers_and_right_to_left_text_stay_as_given(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ["x" * 1_000_000, "שלום \u202e abc", "مرحبا بالعالم", "\u2066a\u2069", "👩‍🚀" * 1000]
    row = {"prompt": "Q", "key": "../../a/b", "responses": [{"text": text} for text in texts]}
    code, report = run(
        capsys, "pull", write_lines(tmp_path / "set.jsonl", [row]), "-C", workspace.root
    )
    assert (code, report["candidates"]) == (0, 5)
    assert {row["response"] for row in rows_of(workspace, "candidates")} == set(texts)
    assert rows_of(workspace, "prompts")[0]["source_key"] == "../../a/b"


@pytest.mark.slow
def test_line_of_a_hundred_megabytes_is_a_row_that_leaves(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = b'{"prompt": "' + b"x" * 100_000_000 + b'"}'
    path = write_lines(tmp_path / "set.jsonl", [GOOD, line])
    code, report = run(capsys, "pull", path, "-C", workspace.root)
    assert (code, report["prompts"], sum(report["dropped"].values())) == (0, 1, 1)


# Media


def linked(folder: Path) -> str:
    (folder / "link.png").symlink_to("/etc/hostname")
    return "link.png"


def named(name: str, data: bytes) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        return write(folder / name, data).name

    return make


def folder_of(*data: bytes) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        (folder / "clip").mkdir()
        for number, one in enumerate(data):
            write(folder / "clip" / f"{number}.png", one)
        return "clip"

    return make


MEDIA: dict[str, tuple[Callable[[Path], str], str]] = {
    "empty": (named("a.jpg", b""), "unreadable_media"),
    "truncated": (named("b.jpg", picture_bytes("JPEG", size=(300, 300))[:900]), "unreadable_media"),
    "svg": (named("c.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "unreadable_media"),
    "html": (named("d.jpg", b"<!doctype html><p>404"), "unreadable_media"),
    "zip": (named("e.jpg", b"PK\x03\x04" + bytes(64)), "unreadable_media"),
    "text": (named("f.jpg", b"hello"), "unreadable_media"),
    "bomb": (named("g.png", bomb()), "oversized_media"),
    "link": (linked, "unsafe_path"),
    "gone": (lambda _folder: "gone.png", "missing_media"),
}
READABLE: dict[str, Callable[[Path], str]] = {
    "png called jpg": named("h.jpg", picture_bytes()),
    "cmyk": named("i.jpg", picture_bytes("JPEG", "CMYK")),
    "16 bit": named("j.png", picture_bytes("PNG", "I;16")),
    "palette": named("k.gif", picture_bytes("GIF", "P")),
    "webp": named("l.webp", picture_bytes("WEBP")),
}


def test_bad_media_take_their_prompts_along_with_the_reason(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"prompt": kind, "images": [make(tmp_path)], "responses": [{"text": "A"}]}
        for kind, (make, _reason) in MEDIA.items()
    ]
    path = write_lines(tmp_path / "set.jsonl", [GOOD, *rows])
    code, report = run(capsys, "pull", path, "-C", workspace.root)
    assert (code, report["prompts"], report["media"]) == (0, 1, 0)
    wanted = {line: {reason} for line, (_make, reason) in enumerate(MEDIA.values(), start=2)}
    assert reasons_by_line(workspace) == wanted
    assert not [name for name in tree(workspace.media) if not name.startswith(".")]


def test_unusual_pictures_come_in(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"prompt": kind, "images": [make(tmp_path)]} for kind, make in READABLE.items()]
    path = write_lines(tmp_path / "set.jsonl", rows)
    code, report = run(capsys, "pull", path, "-C", workspace.root)
    assert (code, report["media"], report["dropped"]) == (0, len(READABLE), {})


def test_one_bad_frame_takes_the_video_along(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"prompt": "Q", "video": folder_of(picture_bytes(), b"no picture")(tmp_path)}
    path = write_lines(tmp_path / "set.jsonl", [row])
    _code, report = run(capsys, "pull", path, "-C", workspace.root)
    assert report["dropped"] == {"unreadable_media": 1}
    assert "frame 2" in rows_of(workspace, "dropped")[0]["detail"]


# Files


def gzipped_bomb(path: Path) -> Path:
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(100):
            file.write(bytes(1_000_000))
    return path


def parquet_without_columns(path: Path) -> Path:
    pq.write_table(pa.table({"weight": [1.5, 2.5]}), path)
    return path


def truncated_parquet(path: Path) -> Path:
    pq.write_table(pa.table({"prompt": ["Q"] * 1000}), path)
    return write(path, path.read_bytes()[:-20])


FILES: dict[str, Callable[[Path], Path]] = {
    "empty": lambda folder: write(folder / "set.jsonl", b""),
    "blank": lambda folder: write(folder / "set.jsonl", b"\n \n"),
    "binary": lambda folder: write(folder / "set.jsonl", bytes(range(256)) * 40),
    "nul": lambda folder: write(folder / "set.jsonl", bytes(5000)),
    "no json": lambda folder: write(folder / "set.json", b"{"),
    "json number": lambda folder: write(folder / "set.json", b"5"),
    "ragged csv": lambda folder: write(folder / "set.csv", b'prompt,response\na\n"b,c,d\n'),
    "csv without columns": lambda folder: write(folder / "set.csv", b"\n\n"),
    "no parquet": lambda folder: write(folder / "set.parquet", b"PAR1 not"),
    "truncated parquet": lambda folder: truncated_parquet(folder / "set.parquet"),
    "parquet without columns": lambda folder: parquet_without_columns(folder / "set.parquet"),
    "gzip bomb": lambda folder: gzipped_bomb(folder / "set.jsonl.gz"),
    "broken gzip": lambda folder: write(folder / "set.jsonl.gz", b"\x1f\x8b\x08broken"),
    "no such file": lambda folder: folder / "gone.jsonl",
    "unknown kind": lambda folder: write(folder / "set.xyz", b"x"),
    "empty folder": lambda folder: folder,
}


@pytest.mark.parametrize("kind", FILES)
def test_broken_file_is_named_and_leaves_the_workspace_as_it_was(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    (tmp_path / "in").mkdir()
    before = tree(workspace.root)
    path = FILES[kind](tmp_path / "in")
    code, said = run(capsys, "pull", path, "-C", workspace.root)
    if code == 0:
        assert said["dropped"]
    else:
        assert code == 1
        assert path.name in said["error"] or "column" in said["error"]
        assert tree(workspace.root) == before


# Anything


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "role", "content", "a"]), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = ("prompt", "messages", "images", "video", "reference", "attributes", "key", "scales")
native_like = st.dictionaries(
    st.sampled_from([*KEYS, "responses", "rankings", "failures"]), junk, min_size=1, max_size=5
)


def pull_quietly(folder: Path, rows: list[bytes]) -> Workspace:
    """A pull of the rows beside a good one, which must not stop."""
    workspace = workspace_at(folder / "w")
    path = write_lines(folder / "set.jsonl", [GOOD, *rows])
    with pytest.raises(SystemExit) as stop:
        main(["pull", str(path), "-C", str(workspace.root), "--format", "native", "--json"])
    assert not stop.value.code
    return workspace


@settings(max_examples=30)
@given(st.lists(native_like, min_size=1, max_size=8))
def test_any_row_like_ours_is_kept_or_dropped(rows: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        workspace = pull_quietly(Path(folder), [json.dumps(row).encode() for row in rows])
        kept, lost = rows_of(workspace, "prompts"), reasons_by_line(workspace)
        (manifest,) = [folder / "pull.json" for folder in workspace.pull_folders()]
        records = json.loads(manifest.read_text())["counts"]["records"]
    assert 1 <= len(kept) <= records <= len(rows) + 1
    assert records + len(lost) >= len(rows) + 1


@settings(max_examples=20)
@given(st.lists(st.binary(min_size=1, max_size=60), min_size=1, max_size=8))
def test_any_bytes_are_kept_or_dropped(rows: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        workspace = pull_quietly(Path(folder), rows)
        assert {row["response"] for row in rows_of(workspace, "candidates")} == {"Yes"}
