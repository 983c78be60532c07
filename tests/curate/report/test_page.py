import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from curate.report import beside, browser
from curate.report.page import write_report
from curate.workspace import Workspace
from schemas.candidate import Medium
from tests.support import hostile
from tests.support.cli import curate
from tests.support.workspaces import Bench

OURS = {"script", "style"}
"""Tags whose text is ours, or data that no browser shows."""


class Tags(HTMLParser):
    """Every tag with its attributes, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, _tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in OURS:
            self.said.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.said).split())


def written(bench: Bench) -> str:
    return write_report(Workspace.open(bench.root)).read_text("utf-8")


def test_the_page_has_the_counts_the_models_and_the_settings(built: Bench) -> None:
    words = Tags(written(built)).words
    for said in ("2 answers", "1 pair", "model chosen rejected m 1 1", "policy mllm-dpo"):
        assert said in words


def test_the_page_says_how_often_the_longer_answer_wins(built: Bench) -> None:
    words = Tags(written(built)).words
    assert "short 1 100.0 % 6 4 (all) 1 100.0 % 6 4" in words
    assert "Who wins at equal length" in words


def test_steps_stand_in_the_order_rows_go_through_them(demo_workspace: Path) -> None:
    words = Tags(write_report(Workspace.open(demo_workspace)).read_text("utf-8")).words
    answers = words[words.index("Answers pull") : words.index("Compared answers")]
    assert answers.index("empty_response") < answers.index("dedupe") < answers.index("duplicate")


def test_only_sections_with_something_to_show_are_there_and_linked(
    built: Bench, demo_workspace: Path
) -> None:
    def sections(page: str) -> tuple[list[str], list[str]]:
        tags = Tags(page).tags
        named = [at["id"] for tag, at in tags if tag == "section" and "id" in at]
        links = [
            str(at["href"])[1:] for tag, at in tags if tag == "a" and at.get("class") != "skip"
        ]
        return [str(name) for name in named], links

    small, links = sections(written(built))
    assert small == links == ["summary", "funnel", "scores", "bias", "lengths", "pairs", "settings"]
    demo, links = sections(write_report(Workspace.open(demo_workspace)).read_text("utf-8"))
    assert demo == links
    assert {"trust", "cost", "pictures"} < set(demo)


def test_every_chart_has_words_and_a_table(demo_workspace: Path) -> None:
    page = Tags(write_report(Workspace.open(demo_workspace)).read_text("utf-8"))
    charts = [at for _, at in page.tags if at.get("role") == "img"]
    assert len(charts) > 10
    assert all(at["aria-label"] for at in charts)
    assert sum(tag == "figure" for tag, _ in page.tags) == len(charts)
    assert page.words.count("As a table") == len(charts)


def test_every_table_has_a_caption_and_heads_with_scopes(demo_workspace: Path) -> None:
    tags = Tags(write_report(Workspace.open(demo_workspace)).read_text("utf-8")).tags
    assert sum(tag == "table" for tag, _ in tags) == sum(tag == "caption" for tag, _ in tags)
    assert all("scope" in at for tag, at in tags if tag == "th")


def test_a_page_without_pairs_says_so(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    page = Tags(written(bench))
    assert "No pairs" in page.words
    assert "no pair came out" in page.words
    assert "Who won" not in page.words
    assert "script" not in {tag for tag, _ in page.tags}


def test_a_build_of_nothing_has_a_page(bench: Bench) -> None:
    bench.build()
    assert "No pairs" in Tags(written(bench)).words


def test_text_of_others_makes_no_tag_and_runs_no_template(tmp_path: Path) -> None:
    text = written(hostile.workspace(tmp_path / "workspace"))
    tags = Tags(text).tags
    assert not {tag for tag, _ in tags} & {"iframe", "form onload", "base", "object", "b onload"}
    assert sum(tag == "style" for tag, _ in tags) == 1
    assert sum(tag == "script" for tag, _ in tags) == len(re.findall("<script", text))
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    shown = text[: text.index("<script")]
    assert "49" not in re.sub(r"[0-9a-f]{12}|sha256-\S+|base64,\S+", "", shown)
    assert not set("\x1b\x00\x07\u202e\u2066") & set(text)


def test_only_scripts_style_and_escaped_data_pass_unescaped(repo_root: Path) -> None:
    templates = {
        path.name: path.read_text("utf-8") for path in repo_root.rglob("report/web/*.html")
    }
    named = {name: re.findall(r"{{ ([\w.]+) \| safe }}", text) for name, text in templates.items()}
    scripts = ["pair_script", "chart_data", "runtime", "chart_script"]
    assert named.pop("page.html") == ["style", "pairs.index", "chunk", *scripts]
    assert not any(named.values())
    assert sum(text.count("safe }}") for text in templates.values()) == 7


def test_nothing_on_the_page_is_fetched(tmp_path: Path) -> None:
    tags = Tags(written(hostile.workspace(tmp_path / "workspace"))).tags
    addresses = [
        str(value)
        for _, attributes in tags
        for name, value in attributes.items()
        if name in {"src", "href", "action", "srcdoc", "xlink:href", "poster"}
    ]
    assert addresses
    assert all(address.startswith(("data:", "#")) for address in addresses)


def test_a_picture_that_is_not_there_is_no_reason_to_stop(bench: Bench) -> None:
    bench.prompt("What?", "A cat.", "A dog.", media=[Medium(kind="image", path="gone.png")])
    bench.vote("What?", scores={"A cat.": 4, "A dog.": 0})
    bench.build()
    assert '"sha256":null' in written(bench)


def test_the_settings_that_decided_are_there(tmp_path: Path) -> None:
    text = written(hostile.workspace(tmp_path / "workspace"))
    assert "policy mllm-dpo, min_margin 2," in text
    assert "chosen = &#39;&lt;/dd&gt;&lt;b&gt;&#39;" in text


def test_the_same_build_gives_the_same_bytes(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "MOST_INSIDE", 10)

    def files() -> dict[str, bytes]:
        page = write_report(Workspace.open(demo_workspace))
        beside_it = sorted((page.parent / beside.PAIRS).iterdir())
        return {path.name: path.read_bytes() for path in (page, *beside_it)}

    first = files()
    assert set(first) == {"report.html", "0000.js", "index.js"}
    assert files() == first


def test_a_report_takes_the_place_of_the_one_before_and_its_folder(
    built: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Workspace.open(built.root).build_folder()
    monkeypatch.setattr(browser, "MOST_INSIDE", 0)
    said = curate("report", "-C", built.root).out
    assert "report.html, report-pairs and quality.json" in said
    (folder / beside.PAIRS / "0099.js").write_text("of another time", "utf-8")
    written(built)
    assert sorted(path.name for path in (folder / beside.PAIRS).iterdir()) == [
        "0000.js",
        "index.js",
    ]
    monkeypatch.setattr(browser, "MOST_INSIDE", 300)
    written(built)
    assert not (folder / beside.PAIRS).exists()
    assert not list(folder.glob(".report-*"))


def test_the_page_is_written_whole_or_not_at_all(
    built: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(built)
    monkeypatch.setattr(Path, "replace", _killed)
    with pytest.raises(KeyboardInterrupt):
        write_report(Workspace.open(built.root))
    folder = Workspace.open(built.root).build_folder()
    assert (folder / beside.PAGE).read_text("utf-8") == first
    assert not list(folder.glob(".report-*"))


def _killed(_path: Path, _target: Path) -> None:
    raise KeyboardInterrupt


def test_what_a_killed_run_left_is_cleared_away(built: Bench) -> None:
    folder = Workspace.open(built.root).build_folder()
    (folder / ".report-1" / beside.PAIRS).mkdir(parents=True)
    written(built)
    assert not list(folder.glob(".report-*"))


def test_an_older_build_is_named_by_its_start(built: Bench) -> None:
    old = Workspace.open(built.root).build_folder().name
    curate("build", "-C", built.root, "--set", "pairs.min_margin=1")
    ran = curate("report", "--build", old[:8], "-C", built.root, "--json")
    assert ran.json["path"] == str(Workspace.open(built.root).builds / old / beside.PAGE)


def test_an_unknown_build_is_named(built: Bench) -> None:
    ran = curate("report", "--build", "ffff", "-C", built.root)
    assert ran.code == 1
    assert "build 'ffff' unknown" in ran.err


def test_without_a_build_the_next_command_is_named(bench: Bench) -> None:
    bench.prompt("How many?", "Three.")
    bench.write()
    ran = curate("report", "-C", bench.root)
    assert (ran.code, ran.err) == (1, f"error: {bench.root}: no build yet; run: curate build\n")


def test_a_damaged_table_is_named(built: Bench) -> None:
    (Workspace.open(built.root).build_folder() / "pairs.parquet").write_bytes(b"PAR1 no more")
    ran = curate("report", "-C", built.root)
    assert ran.code == 1
    assert "pairs.parquet" in ran.err
