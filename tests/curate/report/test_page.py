import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from curate.report import page
from curate.report.page import write_report
from curate.workspace import Workspace
from schemas.candidate import Medium
from tests.support import hostile
from tests.support.cli import curate
from tests.support.workspaces import Bench


class Tags(HTMLParser):
    """Every tag with its attributes, and the text outside of styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def written(bench: Bench) -> str:
    return write_report(Workspace.open(bench.root)).read_text("utf-8")


def test_the_page_has_the_counts_and_the_pairs(built: Bench) -> None:
    words = " ".join(" ".join(Tags(written(built)).words).split())
    assert "2 candidates" in words
    assert "1 pair, drawn by the hash of their ids" in words
    assert "Three." in words
    assert "margin 9, 1 rater (human), agreement 1" in words


def test_the_page_says_how_often_the_longer_answer_wins(built: Bench) -> None:
    words = " ".join(" ".join(Tags(written(built)).words).split())
    assert "short 1 100.0 % 6 : 4 (all) 1 100.0 % 6 : 4" in words
    assert "Who wins at equal length" in words


def test_steps_stand_in_the_order_rows_go_through_them(demo_workspace: Path) -> None:
    words = " ".join(Tags(write_report(Workspace.open(demo_workspace)).read_text("utf-8")).words)
    places = [words.index(f" {name} ") for name in ("validate", "dedupe", "filter")]
    assert places == sorted(places)


def test_a_page_without_pairs_says_so(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    text = written(bench)
    assert "No pairs" in text
    assert "no pair came out" in text
    assert "Who won" not in text


def test_a_build_of_nothing_has_a_page(bench: Bench) -> None:
    bench.build()
    assert "No pairs" in written(bench)


def test_text_of_others_makes_no_tag_and_runs_no_template(tmp_path: Path) -> None:
    text = written(hostile.workspace(tmp_path / "workspace"))
    tags = Tags(text).tags
    names = {tag for tag, _ in tags}
    assert not names & {"script", "iframe", "svg", "a", "form", "base", "b onload"}
    assert sum(tag == "style" for tag, _ in tags) == 1
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert "49" not in re.sub(r"[0-9a-f]{12}|base64,\S+", "", text)
    assert not set("\x1b\x00\x07\u202e\u2066") & set(text)


def test_nothing_on_the_page_is_fetched(tmp_path: Path) -> None:
    tags = Tags(written(hostile.workspace(tmp_path / "workspace"))).tags
    addresses = [
        value
        for _, attributes in tags
        for name, value in attributes.items()
        if name in {"src", "href", "action", "srcdoc"}
    ]
    assert addresses
    assert all(str(address).startswith("data:") for address in addresses)


def test_a_long_answer_is_folded_and_whole(bench: Bench) -> None:
    long = "word " * 400 + "the end"
    bench.sums("How many?", {long: 12, "Two.": 3})
    bench.build()
    text = written(bench)
    assert text.count("all of it") == 1
    assert text.count("the end") == 1


def test_a_picture_that_is_not_there_is_said(bench: Bench) -> None:
    bench.prompt("What?", "A cat.", "A dog.", media=[Medium(kind="image", path="gone.png")])
    bench.vote("What?", scores={"A cat.": 4, "A dog.": 0})
    bench.build()
    assert "picture not there" in written(bench)


def test_the_settings_that_decided_are_there(tmp_path: Path) -> None:
    text = written(hostile.workspace(tmp_path / "workspace"))
    assert "policy mllm-dpo, min_margin 2," in text
    assert "chosen = &#39;&lt;/dd&gt;&lt;b&gt;&#39;" in text


def test_the_page_is_written_whole_or_not_at_all(
    built: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(built)
    monkeypatch.setattr(Path, "replace", _killed)
    with pytest.raises(KeyboardInterrupt):
        write_report(Workspace.open(built.root))
    assert (Workspace.open(built.root).build_folder() / page.NAME).read_text("utf-8") == first


def _killed(_path: Path, _target: Path) -> None:
    raise KeyboardInterrupt


def test_an_older_build_is_named_by_its_start(built: Bench) -> None:
    old = Workspace.open(built.root).build_folder().name
    curate("build", "-C", built.root, "--set", "pairs.min_margin=1")
    ran = curate("report", "--build", old[:8], "-C", built.root, "--json")
    assert ran.json["path"] == str(Workspace.open(built.root).builds / old / page.NAME)


def test_an_unknown_build_is_named(built: Bench) -> None:
    ran = curate("report", "--build", "ffff", "-C", built.root)
    assert ran.code == 1
    assert "build 'ffff' unknown" in ran.err


def test_without_a_build_the_next_command_is_named(bench: Bench) -> None:
    bench.prompt("How many?", "Three.")
    bench.write()
    ran = curate("report", "-C", bench.root)
    assert (ran.code, ran.err) == (1, f"error: {bench.root}: no build yet; run: curate build\n")
