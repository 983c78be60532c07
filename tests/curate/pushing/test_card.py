"""The card of a built workspace says what its manifest and tables say."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image

from curate.exporting import export
from curate.manifest_files import build_manifest
from curate.pushing.card import card_facts, write_card
from curate.pushing.staging import write_pairs, write_votes
from curate.quality.text import NAME as QUALITY
from curate.workspace import Workspace
from schemas.manifest import BuildManifest, PullManifest
from tests.support import hostile
from tests.support.card_page import html
from tests.support.cards import blocks, head, section
from tests.support.workspaces import Bench

NBSP = "\N{NO-BREAK SPACE}"


def stage(workspace: Workspace, folder: Path, form: str = "trl") -> Path:
    """A staging folder with the latest build's rows in `data`."""
    made = export(workspace, [form], folder / "exported")[form]
    shutil.copytree(made.path, folder / "staging" / "data")
    return folder / "staging"


def written(workspace: Workspace, folder: Path) -> str:
    staging = stage(workspace, folder)
    write_card(workspace, workspace.build_folder(), staging)
    return (staging / "README.md").read_text("utf-8").replace(NBSP, " ")


@pytest.fixture(scope="module")
def demo(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The staging folder of the demo, and its card."""
    folder = tmp_path_factory.mktemp("card")
    workspace = Workspace.open(demo_workspace)
    return folder / "staging", written(workspace, folder)


@pytest.fixture
def manifest(demo_workspace: Path) -> BuildManifest:
    return build_manifest(Workspace.open(demo_workspace).build_folder())


def test_counts_are_those_of_the_manifest(
    demo: tuple[Path, str], manifest: BuildManifest, demo_workspace: Path
) -> None:
    _, text = demo
    assert f"{manifest.counts['pairs']} preference pairs." in text
    splits = {it["name"]: it["num_examples"] for it in head(text)["dataset_info"][0]["splits"]}
    assert splits == manifest.splits
    lost = section(text, "What left on the way")
    for step in ("dedupe", "pair"):
        for reason in manifest.dropped[step]:
            assert f"`{reason}`: " in lost
    pair = manifest.steps["pair"]["pair"]
    row = f"| compared answers | `pair` | {pair['in']} | {pair['dropped']} | {pair['kept']} |"
    assert row in lost
    levels = Workspace.open(demo_workspace).frame("pairs")["level"].value_counts()
    assert f"people: {levels['human']}, judges alone: {levels['judge']}" in text


def test_kept_and_left_make_what_came(demo: tuple[Path, str]) -> None:
    lines = re.findall(
        r"^\| [a-z ]+ \| `\w+` \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", demo[1], re.MULTILINE
    )
    assert len(lines) >= 4
    for came, left, stayed in lines:
        numbers = [int(it.replace(",", "")) for it in (came, left, stayed)]
        assert numbers[0] == numbers[1] + numbers[2]


def test_the_judge_stands_with_what_the_build_found(
    demo: tuple[Path, str], manifest: BuildManifest
) -> None:
    assert manifest.trust is not None
    assert manifest.trust.accuracy is not None
    value = manifest.trust.accuracy.value
    assert value is not None
    assert f"{value:.1%}".replace("%", " %") in section(demo[1], "Can the judge be trusted?")
    assert "| `replay/recorded-judge` | `recorded-judge-1` |" in section(demo[1], "Who rated")


def test_people_are_counted_and_never_named(demo: tuple[Path, str]) -> None:
    assert "| 2 people | - |" in section(demo[1], "Who rated")
    for file in ("README.md", "croissant.json"):
        assert "rater-a" not in (demo[0] / file).read_text("utf-8")


def test_no_path_of_this_machine_is_told(demo: tuple[Path, str], demo_workspace: Path) -> None:
    for file in ("README.md", "croissant.json"):
        text = (demo[0] / file).read_text("utf-8")
        assert str(demo_workspace) not in text
        assert str(demo_workspace.parent) not in text


def test_plots_are_pictures_of_a_width(demo: tuple[Path, str]) -> None:
    names = {path.name for path in (demo[0] / "plots").iterdir()}
    assert names == {"funnel.png", "margins.png", "lengths.png"}
    for name in names:
        assert f'src="plots/{name}"' in demo[1]
        with Image.open(demo[0] / "plots" / name) as plot:
            assert plot.width >= 1000


def test_the_licence_is_the_pulls(demo: tuple[Path, str]) -> None:
    assert head(demo[1])["license"] == "apache-2.0"


def test_the_title_is_the_workspaces_name_until_one_is_given(bench: Bench, tmp_path: Path) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.build()
    workspace = Workspace.open(bench.root)
    assert head(written(workspace, tmp_path))["pretty_name"] == bench.root.name
    write_card(workspace, workspace.build_folder(), tmp_path / "staging", title="Cups")
    assert head((tmp_path / "staging" / "README.md").read_text("utf-8"))["pretty_name"] == "Cups"


def test_the_demos_card_says_that_it_is_made_up(demo: tuple[Path, str]) -> None:
    assert (
        demo[1]
        .split("\n---\n\n")[1]
        .startswith("# The demo of pairwright\n\nMade up, to show what the tool does: ")
    )
    assert "no measurements" in json.loads((demo[0] / "croissant.json").read_text())["description"]


def test_title_and_description_are_those_of_the_settings(built: Bench, tmp_path: Path) -> None:
    given = ['export.title="Cups"', 'export.description="Of <b>tea</b>."']
    text = written(Workspace.open(built.root, given), tmp_path)
    assert head(text)["pretty_name"] == "Cups"
    assert "\n# Cups\n\nOf &lt;b&gt;tea&lt;/b&gt;.\n\n1 preference pair." in text


def test_agreement_is_measured_where_no_report_did(bench: Bench, tmp_path: Path) -> None:
    for number in range(6):
        answers = {f"Three {number}.": 12, f"Two {number}.": 3}
        bench.sums(f"How many {number}?", answers)
        bench.sums(f"How many {number}?", answers, "human:ben")
    bench.build()
    workspace = Workspace.open(bench.root)
    assert not (workspace.build_folder() / QUALITY).exists()
    assert "100.0 % (100.0 to 100.0) of 6" in section(
        written(workspace, tmp_path), "Do people agree?"
    )


def test_a_source_that_was_forgotten_since_keeps_its_licence(bench: Bench, tmp_path: Path) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.build()
    workspace = Workspace.open(bench.root)
    staging = stage(workspace, tmp_path)
    shutil.rmtree(workspace.pulls / "test-1")
    write_card(workspace, workspace.build_folder(), staging)
    text = (staging / "README.md").read_text("utf-8")
    assert "license" not in head(text)
    assert "**The licence of `test-1` is not known.**" in text


def test_a_source_of_the_hub_is_named_with_its_revision(bench: Bench, tmp_path: Path) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.build()
    workspace = Workspace.open(bench.root)
    path = workspace.pulls / "test-1" / "pull.json"
    pull = PullManifest.model_validate_json(path.read_bytes())
    told = pull.model_copy(update={"source": "ann/cups", "revision": "0a" * 20, "licence": None})
    path.write_text(told.model_dump_json(), "utf-8")
    text = written(workspace, tmp_path)
    assert head(text)["source_datasets"] == ["ann/cups"]
    assert "| `ann/cups` at `0a0a0a0a0a0…` | not known |" in text


def test_pairs_that_the_format_cannot_hold_are_told(bench: Bench, tmp_path: Path) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.sums("Who?", {" ": 12, "Ann.": 3})
    bench.build()
    workspace = Workspace.open(bench.root)
    counts = build_manifest(workspace.build_folder()).counts
    text = written(workspace, tmp_path)
    rows = sum(
        pq.read_metadata(path).num_rows
        for path in (tmp_path / "staging" / "data").glob("*.parquet")
    )
    assert counts["pairs"] - rows == 1
    assert "`empty_response`: an answer without words | 1 | pairs, not in the files |" in text
    assert f"{rows} preference pair." in text


def test_a_rubric_that_changed_since_is_not_put_under_old_votes(
    bench: Bench, tmp_path: Path
) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.build()
    (bench.root / "curate.toml").write_text('[rubric]\npreset = "mm-rlhf"\n', "utf-8")
    workspace = Workspace.open(bench.root)
    found = card_facts(workspace, workspace.build_folder(), stage(workspace, tmp_path))
    assert found.rubric is None


def test_leaks_are_counted_in_the_pairs_themselves(built: Bench, tmp_path: Path) -> None:
    workspace = Workspace.open(built.root)
    staging = stage(workspace, tmp_path)
    path = workspace.build_folder() / "pairs.parquet"
    table = pq.read_table(path)
    other = table.set_column(
        table.schema.get_field_index("split"), table.schema.field("split"), [["test"]]
    )
    pq.write_table(other.from_batches([*table.to_batches(), *other.to_batches()]), path)
    assert card_facts(workspace, workspace.build_folder(), staging).shape.leaks == 1


def tree(workspace: Workspace, folder: Path) -> str:
    """The card of a push's tree below the folder."""
    folder.mkdir()
    write_pairs(workspace, folder, lambda _count: None)
    write_votes(workspace, folder)
    write_card(workspace, workspace.build_folder(), folder, repo="ann/cups")
    return (folder / "README.md").read_text("utf-8").replace(NBSP, " ")


def test_a_pair_is_traced_to_its_votes_by_the_cards_own_lines(
    built: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    workspace = Workspace.open(built.root, ['export.pseudonyms=["anna"]'])
    text = tree(workspace, tmp_path / "tree")
    (block,) = blocks(section(text, "The raw votes"), "python")
    names: dict[str, Any] = {}
    exec(compile(block.replace("ann/cups", str(tmp_path / "tree")), "<card>", "exec"), names)
    assert {vote["response"] for vote in names["behind"]} == {"Three.", "Two."}
    assert names["votes"].num_rows == 2


class Tags(HTMLParser):
    """Every tag of a page, with what it points at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.targets |= {value or "" for name, value in attrs if name in {"src", "href"}}
        assert not [name for name, _ in attrs if name.startswith("on")]


OURS = {
    *("html", "meta", "title", "style", "main", "h1", "h2", "p", "ul", "li", "code", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td", "strong", "b", "em", "img", "details"),
    *("summary",),
}


@pytest.fixture
def hostile_page(tmp_path: Path) -> Tags:
    bench = hostile.workspace(tmp_path / "workspace")
    described = json.dumps("\n\n".join(hostile.texts()))
    workspace = Workspace.open(bench.root, [f"export.description={described}"])
    staging = stage(workspace, tmp_path)
    write_card(workspace, workspace.build_folder(), staging, title=hostile.texts()[0])
    text = (staging / "README.md").read_text("utf-8")
    assert head(text)["pretty_name"] == hostile.texts()[0]
    return Tags(html(text))


def test_a_card_of_hostile_names_has_no_tag_and_no_target_but_ours(hostile_page: Tags) -> None:
    assert hostile_page.tags <= OURS
    assert all(it.startswith("plots/") for it in hostile_page.targets)


def test_languages_of_the_settings_are_in_the_head_and_the_text(
    built: Bench, tmp_path: Path
) -> None:
    workspace = Workspace.open(built.root, ['export.languages=["en", "yue"]'])
    text = written(workspace, tmp_path)
    assert head(text)["language"] == ["en", "yue"]
    assert "- **Languages**: `en`, `yue`" in text
    assert "Which languages" not in text
