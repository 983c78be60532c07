"""What a build says of lengths, and what it does about them where it is asked to."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest

from curate.diffing import diff
from curate.exporting import export
from curate.manifest_files import build_manifest
from curate.workspace import Workspace
from schemas.length import LengthReport
from tests.support import hostile
from tests.support.cli import curate
from tests.support.lengths import ask
from tests.support.workspaces import Bench, rows


@pytest.fixture
def long_winded(bench: Bench) -> Bench:
    """Ten pairs of two categories: 4 of 5 and 2 of 5 longer answers win."""
    for category, wins in (("chart", 4), ("safety", 2)):
        for number in range(5):
            long, short = f"{'long ' * (number + 2)}{category}", f"{category} {number}"
            sides = (long, short) if number < wins else (short, long)
            ask(bench, f"{category} {number}", *sides, category=category)
    return bench


def length(bench: Bench, *settings: str) -> LengthReport:
    return bench.build(*settings).manifest.length


def test_every_build_counts_by_category_how_often_the_longer_answer_won(long_winded: Bench) -> None:
    found = length(long_winded)
    told = {name: (it.pairs, it.longer, it.longer_wins) for name, it in found.categories.items()}
    assert told == {"chart": (5, 4, 0.8), "safety": (5, 2, 0.4)}
    assert found.overall is not None
    assert (found.overall.pairs, found.overall.longer_wins) == (10, 0.6)
    assert (found.weights, found.cost, found.overall.weighted) == (None, None, None)


def test_answers_of_one_length_are_no_longer_ones(bench: Bench) -> None:
    ask(bench, "q", "one", "two")
    (found,) = length(bench).categories.values()
    assert (found.pairs, found.longer, found.equal, found.longer_wins) == (1, 0, 1, 0.0)


def test_characters_are_counted_and_not_bytes(bench: Bench) -> None:
    ask(bench, "q", "\N{GRINNING FACE}\N{GRINNING FACE}", "abc")
    overall = length(bench).overall
    assert overall is not None
    assert (overall.chosen_characters, overall.rejected_characters) == (2, 3)


def test_a_prompt_without_a_category_has_its_task_type(bench: Bench) -> None:
    ask(bench, "Which?\nA. One\nB. Two", "A", "B it is")
    ask(bench, "Why?", "word " * 60, "word " * 50)
    ask(bench, "Where?", "Here", "There", category="  ")
    ask(bench, "Who?", "Me", "You", category="people")
    assert list(length(bench).categories) == ["long", "mcq", "people", "short"]


def test_swapping_who_is_chosen_turns_the_rate_about(bench: Bench, tmp_path: Path) -> None:
    turned = Bench(tmp_path / "turned")
    random = Random(3)
    for number in range(12):
        sides = [f"{number} {'x' * random.randrange(6)}" for _ in range(2)]
        if sides[0] != sides[1]:
            ask(bench, f"q{number}", *sides)
            ask(turned, f"q{number}", *sides[::-1], models=("other", "one"))
    one, other = length(bench), length(turned)
    assert one.overall is not None
    assert other.overall is not None
    assert other.overall.longer == one.overall.pairs - one.overall.longer - one.overall.equal
    assert one.control is not None
    assert other.control is not None
    assert other.control.phi == -one.control.phi


def test_the_order_of_rows_does_not_matter(long_winded: Bench) -> None:
    settings = ("pairs.cap.longer=0.5", "pairs.length_weights=true")
    first = long_winded.build(*settings)
    pairs = (first.folder / "pairs.parquet").read_bytes()
    Random(1).shuffle(long_winded.events)
    second = long_winded.build(*settings, force=True)
    assert second.manifest.length == first.manifest.length
    assert (second.folder / "pairs.parquet").read_bytes() == pairs


def test_models_are_told_apart_from_length(bench: Bench) -> None:
    for number in range(6):
        ask(bench, f"q{number}", f"{number} and more", f"{number}", models=("terse", "wordy"))
    ask(bench, "q6", "6", "6 and more", models=("wordy", "terse"))
    control = length(bench).control
    assert control is not None
    assert (control.comparisons, control.ties, control.left_out) == (7, 0, 0)
    assert [(it.model, it.comparisons, it.wins) for it in control.models] == [
        ("terse", 7, 0.8571),
        ("wordy", 7, 0.1429),
    ]


def test_ties_count_as_half_a_win(bench: Bench) -> None:
    bench.prompt("q")
    for text, model in (("a", "one"), ("abc", "other")):
        bench.answer("q", text, model=model)
    bench.vote("q", scores={"a": 2, "abc": 2})
    found = length(bench)
    assert found.control is not None
    assert (found.overall, found.control.ties, found.control.phi) == (None, 1, 0.0)
    assert {it.wins for it in found.control.models} == {0.5}


def test_what_an_annotator_wrote_has_no_model_and_is_left_out(bench: Bench) -> None:
    ask(bench, "q0", "good", "bad")
    ask(bench, "q1", "better still", "bad", models=("", "one"))
    control = length(bench).control
    assert control is not None
    assert (control.comparisons, control.left_out) == (1, 1)


def test_without_any_model_length_alone_is_told(bench: Bench) -> None:
    ask(bench, "q", "better", "bad", models=("", ""))
    control = length(bench).control
    assert control is not None
    assert (control.comparisons, control.models) == (1, ())
    assert control.longer_wins > 0.5


def test_a_build_without_pairs_says_nothing(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    assert length(bench) == LengthReport()


def test_of_many_categories_the_largest_are_told_and_the_rest_together(bench: Bench) -> None:
    for number in range(43):
        ask(bench, f"q{number}", "long one", "short", category=f"c{number:02}")
    ask(bench, "again", "no", "yes", category="c42")
    found = length(bench)
    assert list(found.categories) == ["c42", *(f"c{number:02}" for number in range(39))]
    assert found.others is not None
    assert (found.n_others, found.others.pairs) == (3, 3)
    said = curate("build", "-C", bench.root).out
    assert "(30 more lines in curate report and --json)" in said


def test_a_hostile_category_is_text_for_terminals_and_pages(bench: Bench) -> None:
    name = f"\x1b[2J\u202e<script>{hostile.OWNED}</script>" + "x" * 900
    ask(bench, "q", "good", "bad", category=name)
    assert list(length(bench).categories) == [name[:200]]
    assert not set("\x1b\u202e") & set(curate("build", "-C", bench.root).out)
    curate("report", "-C", bench.root)
    page = (Workspace.open(bench.root).build_folder() / "report.html").read_text("utf-8")
    assert f"<script>{hostile.OWNED}" not in page
    assert "&lt;script&gt;" in page


def test_people_read_the_rates_and_programs_all(long_winded: Bench) -> None:
    long_winded.write()
    said = " ".join(curate("build", "-C", long_winded.root).out.split())
    assert "chart 5 80.0 %" in said
    assert "(all) 10 60.0 %" in said
    assert "Between equal models an answer longer by 19 characters" in said
    found: Any = curate("build", "-C", long_winded.root, "--json").json
    assert found["length"]["categories"]["safety"]["longer_wins"] == 0.4


def test_by_default_no_pair_leaves_and_all_weigh_the_same(long_winded: Bench) -> None:
    report = long_winded.build()
    assert len(rows(report, "pairs")) == 10
    assert rows(report, "dropped") == []
    assert {float(row["length_weight"]) for row in rows(report, "pairs")} == {1.0}


def test_weights_balance_what_the_build_says(long_winded: Bench) -> None:
    found = length(long_winded, "pairs.length_weights=true")
    assert found.weights is not None
    assert found.overall is not None
    assert found.weights.pairs == 10
    weights = [
        row["length_weight"]
        for row in rows(long_winded.build("pairs.length_weights=true"), "pairs")
    ]
    assert sum(weights) == pytest.approx(10, abs=1e-4)
    assert (
        "Of 10 pairs with a length_weight, "
        in curate("build", "-C", long_winded.root, "--set", "pairs.length_weights=true").out
    )


def test_the_cap_draws_pairs_away_and_says_what_it_cost(long_winded: Bench) -> None:
    report = long_winded.build("pairs.cap.longer=0.5")
    lost = [row for row in rows(report, "dropped") if row["reason"] == "over_cap"]
    assert [row["detail"].rpartition(": ")[2] for row in lost] == ["longer"] * 3
    assert len(rows(report, "pairs")) + len(lost) == 10
    found = report.manifest.length
    assert {name: it.longer_wins for name, it in found.categories.items()} == {
        "safety": 0.4,
        "chart": 0.5,
    }
    assert found.cost is not None
    assert (found.cost.pairs, found.cost.prompts, list(found.cost.categories)) == (3, 3, ["chart"])
    assert (found.cost.margin_lost, found.cost.margin_kept) == (0.3333, 0.3333)
    said = curate("build", "-C", long_winded.root, "--set", "pairs.cap.longer=0.5").out
    assert "[pairs.cap] longer cost 3 pairs (chart 3); 3 prompts have none left by it" in said


def test_it_looks_at_what_the_other_caps_left(long_winded: Bench) -> None:
    report = long_winded.build("pairs.cap.longer=0.5", "pairs.cap.model=6")
    caps = sorted(row["detail"].rpartition(": ")[2] for row in rows(report, "dropped"))
    assert caps.count("model") == 4
    for name, it in report.manifest.length.categories.items():
        assert it.longer_wins <= 0.5, name


def test_a_cap_of_everything_is_none(long_winded: Bench) -> None:
    report = long_winded.build("pairs.cap.longer=1.0")
    assert rows(report, "dropped") == []
    assert report.manifest.length.cost is None


def test_a_cap_that_takes_nothing_costs_nothing(long_winded: Bench) -> None:
    cost = length(long_winded, "pairs.cap.longer=0.9").cost
    assert cost is not None
    assert (cost.pairs, cost.prompts, cost.margin_lost, cost.categories) == (0, 0, None, {})


def test_diff_names_the_cap_as_the_cause(long_winded: Bench) -> None:
    settings = ("pairs.cap.longer=0.5", "pairs.cap.source=100")
    ids = [long_winded.build(*it).manifest.build_id for it in ((), settings)]
    found = diff(Workspace.open(long_winded.root), *ids)
    assert {(it.reason, it.setting) for it in found.changes} == {("over_cap", "pairs.cap.longer")}


def test_a_build_of_an_earlier_version_is_read_and_exported(long_winded: Bench) -> None:
    folder = long_winded.build("split.test=0").folder
    file = folder / "pairs.parquet"
    pq.write_table(pq.read_table(file).drop_columns("length_weight"), file)
    manifest = build_manifest(folder).model_dump(mode="json", exclude={"length"})
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert build_manifest(folder).length == LengthReport()
    workspace = Workspace.open(long_winded.root)
    for name in ("trl", "parquet"):
        result = export(workspace, [name], long_winded.root / "out" / name)[name]
        read = pq.read_table(result.path / result.files[0])
        assert set(read["length_weight"].to_pylist()) == {1.0}
    assert "Wrote" in curate("report", "-C", long_winded.root).out
