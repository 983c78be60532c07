from curate.report.figures import Bar, Figures, figures
from curate.report.tables import report_tables
from curate.workspace import Workspace
from tests.support.workspaces import Bench, five


def found_in(bench: Bench) -> Figures:
    workspace = Workspace.open(bench.root)
    with report_tables(workspace, workspace.build_folder()) as engine:
        return figures(engine)


def test_bars_go_over_the_whole_scale_and_count_rounded_means(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "human:anna", {"Three.": five(12), "Two.": five(3)})
    bench.vote("How many?", "human:ben", {"Three.": five(9), "Two.": five(3)})
    bench.build()
    (shown,) = [one for one in found_in(bench).scores if one.metric == "correctness"]
    assert [(bar.step, bar.count) for bar in shown.bars] == [(0, 0), (1, 1), (2, 0), (3, 0), (4, 1)]
    assert shown.bars[1] == Bar("human", 1, 1, 0.5)


def test_levels_are_shares_of_their_own_answers(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "human:anna", {"Three.": 4, "Two.": 0})
    bench.vote("How many?", "judge:bot", {"Three.": 4, "Two.": 4})
    bench.build()
    for shown in found_in(bench).scores:
        for level in ("human", "judge"):
            assert sum(bar.share for bar in shown.bars if bar.level == level) == 1.0


def test_scores_of_two_scales_are_never_in_one_distribution(bench: Bench) -> None:
    other = "helpfulness:1:5"
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "source:a", {"Three.": 4, "Two.": 0})
    scores = {"Three.": {"helpfulness": 5.0}, "Two.": {"helpfulness": 1.0}}
    bench.vote("How many?", "source:b", scores, rubric_id=other)
    bench.build()
    shown = [one.bars for one in found_in(bench).scores if one.metric == "helpfulness"]
    assert sorted([bar.step for bar in bars] for bars in shown) == [
        [0, 1, 2, 3, 4],
        [1, 2, 3, 4, 5],
    ]


def test_margins_models_levels_and_drops_are_counted(bench: Bench) -> None:
    bench.prompt("How many?")
    bench.answer("How many?", "Three cups.", model="good")
    bench.answer("How many?", "Two.", model="bad")
    bench.answer("How many?", "Two cups.", model="bad")
    scores = {"Three cups.": five(12), "Two.": five(3), "Two cups.": five(3)}
    bench.vote("How many?", scores=scores)
    bench.build("split.test=0")
    found = found_in(bench)
    assert [(bar.step, bar.count) for bar in found.margins] == [(9, 1)]
    assert found.models == [("good", 1, 0), ("bad", 0, 1)]
    assert found.levels == [("human", "train", 1, 0)]
    assert found.drops == [("pair", "pair", "not_drawn", 1)]


def test_a_build_without_pairs_has_figures_without_numbers(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    found = found_in(bench)
    assert (found.scores, found.margins, found.models) == ([], [], [])
