from curate.report.figures import Bar, figures, sample_pairs
from curate.views import open_views
from curate.workspace import Workspace
from tests.support.workspaces import Bench, five


def test_bars_go_over_the_whole_scale_and_count_rounded_means(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "human:anna", {"Three.": five(12), "Two.": five(3)})
    bench.vote("How many?", "human:ben", {"Three.": five(9), "Two.": five(3)})
    bench.build()
    with open_views(Workspace.open(bench.root)) as connection:
        found = figures(connection)
    (shown,) = [one for one in found.histograms if one.title == "correctness, human"]
    assert [(bar.label, bar.count) for bar in shown.bars] == [
        ("0", 0),
        ("1", 1),
        ("2", 0),
        ("3", 0),
        ("4", 1),
    ]
    assert shown.bars[1] == Bar("1", 1, 1.0)


def test_scores_of_two_scales_are_never_in_one_histogram(bench: Bench) -> None:
    other = "helpfulness:1:5"
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "source:a", {"Three.": 4, "Two.": 0})
    scores = {"Three.": {"helpfulness": 5.0}, "Two.": {"helpfulness": 1.0}}
    bench.vote("How many?", "source:b", scores, rubric_id=other)
    bench.build()
    with open_views(Workspace.open(bench.root)) as connection:
        found = figures(connection)
    shown = [one.bars for one in found.histograms if one.title == "helpfulness, source"]
    assert sorted([bar.label for bar in bars] for bars in shown) == [
        ["0", "1", "2", "3", "4"],
        ["1", "2", "3", "4", "5"],
    ]


def test_margins_models_and_levels_are_counted(bench: Bench) -> None:
    bench.prompt("How many?")
    bench.answer("How many?", "Three cups.", model="good")
    bench.answer("How many?", "Two.", model="bad")
    bench.vote("How many?", scores={"Three cups.": five(12), "Two.": five(3)})
    bench.build("split.test=0")
    with open_views(Workspace.open(bench.root)) as connection:
        found = figures(connection)
        (pair,) = sample_pairs(connection, 5)
    assert [(bar.label, bar.count) for bar in found.margins.bars] == [("9", 1)]
    assert found.models == [("good", 1, 0), ("bad", 0, 1)]
    assert found.levels == [("human", "train", 1, 0)]
    assert pair["chosen"] == "Three cups."


def test_a_build_without_pairs_has_figures_without_numbers(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    with open_views(Workspace.open(bench.root)) as connection:
        found = figures(connection)
        assert sample_pairs(connection, 5) == []
    assert (found.histograms, list(found.margins.bars), found.models) == ([], [], [])
