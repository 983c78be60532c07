import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from curate.sources import registry
from curate.sources.base import Layout
from curate.sources.files import FileSource
from curate.sources.record import SourceDrop, SourceRecord
from curate.sources.registry import CONTAINERS, KNOWN, SOURCES, load_layout, open_source, recognise
from schemas.errors import SourceError, UsageError
from tests.support.sources import lines_file, seen, source_of

NATIVE = {"prompt": "q", "responses": [{"text": "a", "ratings": [{"overall": 1}]}]}


def fake(name: str, column: str) -> Layout:
    return Layout(
        name=name,
        about="made for a test",
        matches=lambda source: column in source.head(source.files[0])[0],
        read=lambda source: iter([SourceDrop(1, "bad_type", name, source.files[0])]),
    )


def only_known(monkeypatch: pytest.MonkeyPatch, *layouts: Layout) -> None:
    known = {layout.name: (lambda layout=layout: layout) for layout in layouts}
    monkeypatch.setattr(registry, "KNOWN", known)


@pytest.fixture
def _native_only(monkeypatch: pytest.MonkeyPatch) -> None:
    only_known(monkeypatch, load_layout("native"))


@pytest.mark.parametrize("name", list(SOURCES))
def test_every_layout_loads_and_answers_to_its_name(name: str) -> None:
    assert load_layout(name).name == name


def test_unknown_format_names_the_nearest(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [NATIVE])
    with pytest.raises(SourceError, match="'mmrlhf' unknown; did you mean 'mm-rlhf'"):
        open_source(str(path), format="mmrlhf")
    with pytest.raises(SourceError, match="unknown"):
        load_layout("xml")


def test_missing_module_is_told_when_its_layout_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "curate.sources.llava", None)
    with pytest.raises(SourceError, match=r"layout 'llava': its module .* is not installed"):
        load_layout("llava")


def test_registry_imports_no_layout_and_no_heavy_library() -> None:
    asked = "import curate.sources.registry, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"datasets", "pandas", "pyarrow", "duckdb", "PIL"}
    assert not {name for name in loaded if name.startswith("curate.sources.native")}


def test_lines_are_read_without_datasets_or_pyarrow(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [NATIVE])
    asked = (
        "import sys; from curate.sources.registry import open_source;"
        "list(open_source(sys.argv[1], format='native').records); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, str(path)], check=True, capture_output=True, text=True
    )
    assert not set(done.stdout.split()) & {"datasets", "pandas", "pyarrow"}


def test_first_layout_that_matches_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_known(monkeypatch, fake("no", "missing"), fake("yes", "prompt"), fake("late", "prompt"))
    source = source_of(lines_file(tmp_path, [{"prompt": "q"}]))
    found = recognise(source)
    assert found is not None
    assert found.name == "yes"
    assert open_source(str(tmp_path)).layout == "yes"


def test_first_rows_are_read_once_however_many_layouts_look_at_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    head = FileSource.head

    def counted(self: FileSource, file: str, count: int = 20) -> Sequence[Mapping[str, Any]]:
        read.append((file, count))
        return head(self, file, count)

    monkeypatch.setattr(FileSource, "head", counted)
    path = lines_file(tmp_path, [{"question": "q", "output": "a", "model": "m"}])
    assert open_source(str(path)).layout == "jsonl"
    assert len(read) == len(set(read))
    assert (path.name, 20) in read


@pytest.mark.usefixtures("_native_only")
def test_native_file_is_recognised(tmp_path: Path) -> None:
    opened = open_source(str(lines_file(tmp_path, [NATIVE])))
    assert (opened.layout, opened.field_map, opened.revision) == ("native", {}, None)


@pytest.mark.usefixtures("_native_only")
def test_unknown_rows_are_read_by_a_proposed_map(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [{"question": "q", "output": "a", "model": "m"}])
    opened = open_source(str(path))
    assert opened.layout == "jsonl"
    assert opened.field_map == {"prompt": "question", "response": "output", "model": "model"}
    [record] = opened.records
    assert isinstance(record, SourceRecord)
    assert (seen(record.turns), record.responses[0].text) == ([("user", ["q"])], "a")


def test_given_map_goes_before_recognition(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [NATIVE])
    opened = open_source(str(path), field_map={"prompt": "prompt"})
    [record] = opened.records
    assert isinstance(record, SourceRecord)
    assert opened.field_map == {"prompt": "prompt", "responses": "responses"}
    assert (opened.layout, [it.text for it in record.responses]) == ("jsonl", ["a"])


def test_named_layout_is_taken_whatever_the_content(tmp_path: Path) -> None:
    opened = open_source(str(lines_file(tmp_path, [{"x": 1}])), format="native")
    [drop] = opened.records
    assert isinstance(drop, SourceDrop)
    assert drop.reason == "bad_type"


def test_map_does_not_go_with_a_known_layout(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [NATIVE])
    with pytest.raises(UsageError, match="knows its own columns"):
        open_source(str(path), format="native", field_map={"prompt": "prompt"})


@pytest.mark.parametrize("name", ["jsonl", "json", "csv"])
def test_container_as_format_reads_any_file_as_such(tmp_path: Path, name: str) -> None:
    texts = {"jsonl": '{"prompt": "q"}\n', "json": '[{"prompt": "q"}]', "csv": "prompt\nq\n"}
    (tmp_path / "data.txt").write_text(texts[name])
    opened = open_source(str(tmp_path / "data.txt"), format=name)
    assert (opened.layout, len(list(opened.records))) == (name, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", ""),
        ("a.jsonl", "\n \n"),
        ("a.csv", ""),
        ("a.csv", "prompt\n"),
        ("a.json", "[]"),
        ("a.jsonl", "\ufeff"),
    ],
)
@pytest.mark.parametrize("layout", [None, "native"])
def test_source_without_rows_stops(
    tmp_path: Path, name: str, content: str, layout: str | None
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match="no rows in it"):
        open_source(str(tmp_path), format=layout)


def test_limit_ends_after_so_many_prompts_and_reads_no_further(tmp_path: Path) -> None:
    rows: list[Any] = [{"prompt": "a"}, b"{", {"prompt": "b"}, b"{", {"prompt": "c"}]
    opened = open_source(str(lines_file(tmp_path, rows)), format="native", limit=2)
    assert [item.line for item in opened.records] == [1, 2, 3]


def test_hub_set_is_not_read_as_a_file_of_some_kind() -> None:
    with pytest.raises(UsageError, match="hf:owner/name is no csv file"):
        open_source("hf:owner/name", format="csv")


def test_limit_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="limit 0"):
        open_source(str(lines_file(tmp_path, [NATIVE])), limit=0)


def test_media_root_is_where_media_are_looked_up(tmp_path: Path) -> None:
    (tmp_path / "media" / "clip").mkdir(parents=True)
    path = lines_file(tmp_path, [{"prompt": "q", "video": "clip"}])
    opened = open_source(str(path), format="native", media_root=tmp_path / "media")
    [record] = opened.records
    assert isinstance(record, SourceRecord)
    assert opened.source.root == tmp_path / "media"
    assert seen(record.turns) == [("user", ["[frames clip]", "q"])]


def test_address_of_a_source_is_refused() -> None:
    with pytest.raises(SourceError, match="download it first"):
        open_source("https://example.org/data.jsonl", allow_remote=True)


def test_every_container_has_a_generic_layout() -> None:
    names: Mapping[str, Any] = {**KNOWN, **dict.fromkeys(CONTAINERS)}
    assert set(SOURCES) == set(names)
