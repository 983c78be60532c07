"""Whatever a stranger's push holds, it is refused in one line and the workspace is as it was."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.bundle.checked import GROUP_BYTES
from curate.bundle.layout import MEDIA
from curate.bundle.reading import checked_names
from curate.workspace import Workspace
from schemas.errors import PairwrightError, SourceError
from tests.support.bundles import built, mixed_workspace, pushed
from tests.support.pulling import (
    pulled,
    question,
    rows_of,
    tree,
    workspace_at,
    write_lines,
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    workspace = mixed_workspace(folder)
    built(workspace)
    return pushed(workspace, folder)


@pytest.fixture
def push(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "push"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_at(tmp_path / "ours")


def first(push: Path, pattern: str) -> Path:
    return min((push / "pairwright").glob(pattern))


def changed(path: Path, change: Callable[[dict[str, object]], None]) -> None:
    """The table with its first row changed."""
    table = pq.read_table(path)
    rows = table.to_pylist(maps_as_pydicts="strict")
    change(rows[0])
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)


def other_text(row: dict[str, object]) -> None:
    row["response"] = "Something else"


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def swapped(push: Path) -> None:
    path = first(push, "media/*.parquet")
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[0]["bytes"] = rows[0]["bytes"] + b"more"
    pq.write_table(pa.Table.from_pylist(rows, schema=MEDIA), path)


def climbing(push: Path) -> None:
    path = first(push, "media/*.parquet")
    rows = pq.read_table(path).to_pylist()
    rows.append({"file": "../../escaped.png", "part": 0, "bytes": b"x"})
    pq.write_table(pa.Table.from_pylist(rows, schema=MEDIA), path)


def of_another(push: Path) -> None:
    path = first(push, "pulls/*/pull.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "pull_id": "../../up"}))


def without_tables(push: Path) -> None:
    first(push, "pulls/*/candidates.parquet").unlink()


def moved_medium(row: dict[str, object]) -> None:
    media = row["media"]
    assert isinstance(media, list)
    if media:
        media[0]["file"] = "../../../etc/passwd"
    else:
        row["messages"] = [{"role": "user", "parts": [{"type": "media", "media_index": 7}]}]


def of_rows(push: Path, change: Callable[[dict[str, Any]], bool]) -> None:
    """Change the first prompt of the push that the change takes."""
    for path in sorted((push / "pairwright").glob("pulls/*/prompts.parquet")):
        table = pq.read_table(path)
        rows = table.to_pylist(maps_as_pydicts="strict")
        if any(map(change, rows)):
            pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
            return
    raise AssertionError("no prompt is as the change wants it")


def unread_beside(row: dict[str, Any]) -> bool:
    """Other words under the id, and a medium that nobody is shown and nobody read."""
    row["messages"][0]["parts"] = [{"type": "text", "text": "Other words"}]
    row["media"] = [{"kind": "image", "frames": [], "path": "gone.png"}]
    return True


def of_kind(kind: str, /, **values: object) -> Callable[[Path], None]:
    """The first medium of a kind with other values."""

    def change(row: dict[str, Any]) -> bool:
        fits = bool(row["media"]) and row["media"][0]["kind"] == kind
        if fits:
            row["media"][0].update(values)
        return fits

    return lambda push: of_rows(push, change)


def turned(row: dict[str, Any]) -> bool:
    fits = bool(row["media"]) and row["media"][0]["kind"] == "frames"
    if fits:
        row["media"][0]["frames"].reverse()
    return fits


def with_column(pattern: str, name: str, column: pa.Array) -> Callable[[Path], None]:
    """The first such table that has rows, with one row only and another column for one of its."""

    def change(push: Path) -> None:
        paths = sorted((push / "pairwright").glob(pattern))
        path, table = next((it, rows[:1]) for it in paths if (rows := pq.read_table(it)).num_rows)
        place = table.schema.get_field_index(name)
        pq.write_table(table.set_column(place, name, column), path)

    return change


HUGE = pa.array([2**63], pa.uint64())


def no_event(row: dict[str, object]) -> None:
    row["event_id"] = "../x"


CASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a name beside ours": (
        lambda push: (push / "pairwright" / "run.py").write_text("boo"),
        "is no file of a push",
    ),
    "a journal that hides": (
        lambda push: (push / "pairwright" / "annotations" / ".x.parquet").write_text("boo"),
        "is no file of a push",
    ),
    "a truncated table": (
        lambda push: cut_short(first(push, "pulls/*/prompts.parquet")),
        r"prompts\.parquet cannot be read",
    ),
    "a truncated journal": (
        lambda push: cut_short(first(push, "annotations/*.parquet")),
        r"\.parquet cannot be read",
    ),
    "another schema": (
        lambda push: pq.write_table(
            pa.table({"a": [1]}), first(push, "pulls/*/candidates.parquet")
        ),
        "has the columns a",
    ),
    "an answer under another's id": (
        lambda push: changed(first(push, "pulls/*/candidates.parquet"), other_text),
        r"candidates\.parquet, row 1: candidate_id is not that of its content",
    ),
    "a medium outside the store": (
        lambda push: changed(first(push, "pulls/*/prompts.parquet"), moved_medium),
        "row 1: a (medium is in no file of a media store|part shows a medium)",
    ),
    "other words beside an unread medium": (
        lambda push: of_rows(push, unread_beside),
        "prompt_id is not that of its content",
    ),
    "frames in another order": (
        lambda push: of_rows(push, turned),
        "a medium's digest is not that of its files",
    ),
    "no frames": (of_kind("frames", frames=[]), "a medium is in no file of a media store"),
    "a picture that is a film": (of_kind("image", kind="video"), "a file of another kind"),
    "a width below one": (of_kind("image", width=-1), "a size, a rate or a length|media.0.width"),
    "a picture that fills the memory": (of_kind("image", width=2**30), "pixels are more than"),
    "a film of no length": (of_kind("video", duration=0.0), "a size, a rate or a length"),
    "a film of endless frames": (of_kind("video", fps=1e300), "a size, a rate or a length"),
    "a number of a sample that no reader holds": (
        with_column("annotations/judge*.parquet", "sample", HUGE),
        r"row 1: sample: Input should be less",
    ),
    "raters beyond number": (with_column("routes.parquet", "raters", HUGE), "row 1: raters"),
    "a line that no column holds": (
        with_column("pulls/*/dropped.parquet", "line", HUGE),
        r"dropped\.parquet cannot be read",
    ),
    "settings without an end": (
        lambda push: (push / "pairwright" / "curate.toml").write_text("a = " + "[" * 100_000),
        "it is nested too deep",
    ),
    "a setting of endless digits": (
        lambda push: (push / "pairwright" / "curate.toml").write_text("a = " + "9" * 10_000),
        "no valid TOML: Exceeds the limit",
    ),
    "no event": (
        lambda push: changed(first(push, "annotations/judge*.parquet"), no_event),
        "row 1: event_id",
    ),
    "bytes that are not what their name says": (swapped, "its content is"),
    "a medium whose name climbs": (climbing, "it is no name of a media store"),
    "a pull that says it is another": (of_another, "says it is"),
    "a pull in part": (without_tables, r"candidates\.parquet is not there"),
    "media left out": (
        lambda push: shutil.rmtree(push / "pairwright" / "media"),
        "media are not in it",
    ),
    "no pairs, whose pictures are missed": (
        lambda push: shutil.rmtree(push / "data"),
        "media are not in it",
    ),
    "data that is no Parquet": (
        lambda push: [path.write_text("no") for path in (push / "data").iterdir()],
        "cannot be read",
    ),
    "no manifest of ours": (
        lambda push: (push / "pairwright" / "manifest.json").write_text("[1]"),
        r"manifest\.json",
    ),
    "settings that do not hold": (
        lambda push: (push / "pairwright" / "curate.toml").write_text("[split]\ntest = 7\n"),
        r"split\.test = 7",
    ),
    "settings that are no text": (
        lambda push: (push / "pairwright" / "curate.toml").write_bytes(b"\xff"),
        "cannot be read",
    ),
    "signatures left out": (
        lambda push: shutil.rmtree(push / "pairwright" / "signatures"),
        "the signatures of 'A bench' are not there",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_and_nothing_changed(
    push: Path, workspace: Workspace, tmp_path: Path, case: str
) -> None:
    change, words = CASES[case]
    change(push)
    before = tables_and_votes(workspace)
    with pytest.raises(PairwrightError, match=words):
        pulled(workspace, push)
    assert tables_and_votes(workspace) == before
    assert not (tmp_path / "escaped.png").exists()


def test_an_id_that_nobody_can_check_is_not_that_of_a_known_prompt(
    push: Path, workspace: Workspace, tmp_path: Path
) -> None:
    ours = write_lines(tmp_path / "set.jsonl", [question("Ours?", "Yes", "No")])
    pulled(workspace, ours)
    known = rows_of(workspace, "prompts")[0]["prompt_id"]

    def forged(row: dict[str, Any]) -> bool:
        row["prompt_id"] = known
        row["media"] = [{"kind": "image", "frames": [], "path": "gone.png"}]
        row["messages"] = [{"role": "user", "parts": [{"type": "media", "media_index": 0}]}]
        return True

    of_rows(push, forged)
    before = tables_and_votes(workspace)
    with pytest.raises(SourceError, match=f"prompt {known} is here with other content"):
        pulled(workspace, push)
    assert tables_and_votes(workspace) == before


def tables_and_votes(workspace: Workspace) -> dict[str, bytes]:
    """All files but the media of the store, which wait for the pull that points to them."""
    files = tree(workspace.root)
    return {name: data for name, data in files.items() if not name.startswith("media/")}


def test_settings_that_would_send_keys_away_are_not_taken(push: Path, workspace: Workspace) -> None:
    path = push / "pairwright" / "curate.toml"
    more = '\n[judge]\nbase_url = "http://evil.example/v1"\n[label_studio]\nurl = "http://evil"\n'
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    pulled(workspace, push)
    taken = Workspace.open(workspace.root).settings.config
    assert (taken.judge.base_url, taken.label_studio.url) == (None, None)
    assert "evil" not in workspace.config_path.read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "pairwright/../../etc/passwd",
        "pairwright/pulls/../x/prompts.parquet",
        "pairwright/annotations/a/b.parquet",
        "pairwright/annotations/..jsonl.parquet",
        "pairwright/media/media-00000.parquet/",
        "pairwright/pulls/a\n/prompts.parquet",
    ],
)
def test_names_that_are_not_ours_are_never_asked_for(name: str) -> None:
    with pytest.raises(SourceError, match="is no file of a push"):
        checked_names([name], "owner/name")
    assert checked_names(["README.md", "data/../x.parquet"], "owner/name") == ()


def test_a_small_file_that_unpacks_to_much_is_refused_while_it_is_read(
    push: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = first(push, "pulls/*/candidates.parquet")
    row = pq.read_table(path)[:1]
    place = row.schema.get_field_index("source")
    long = pa.array(["a" * (4 << 20)])
    table = pa.concat_tables([row.set_column(place, row.schema.field("source"), long)] * 20)
    pq.write_table(table, path, compression="zstd", dictionary_pagesize_limit=1 << 30)
    assert path.stat().st_size < 1 << 20
    assert pq.read_metadata(path).row_group(0).total_byte_size < 16 << 20
    monkeypatch.setattr("curate.bundle.checked.FILE_BYTES", 16 << 20)
    with pytest.raises(SourceError, match="unpacks to more than any of ours"):
        pulled(workspace, push)


def test_a_row_group_that_unpacks_to_too_much_is_refused(
    push: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert GROUP_BYTES > 1 << 20
    monkeypatch.setattr("curate.bundle.checked.GROUP_BYTES", 100)
    with pytest.raises(SourceError, match="a row group of"):
        pulled(workspace, push)
