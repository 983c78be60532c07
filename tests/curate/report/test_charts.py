"""Every chart of the report is drawn by the real Vega-Lite compiler, and says what it shows."""

import json
from collections.abc import Sequence

import pytest
import vl_convert

from curate.report.believed import confusion_charts, trust_charts
from curate.report.chart_runtime import chart_runtime
from curate.report.charts import Chart
from curate.report.distributions import margin_chart, score_charts
from curate.report.figures import Bar, Distribution
from schemas.quality import Figure
from schemas.trust import Bin, ByMetric, Calibration, Covered, Trust
from tests.support import hostile

FIGURE = Figure(value=0.9, low=0.8, high=0.95, n=40)
CALIBRATION = Calibration(
    pairs=40,
    prompts=30,
    beta=2.0,
    beta_with_length=1.9,
    phi=0.1,
    deviation=100.0,
    folds=5,
    brier=0.1,
    expected_error=0.05,
    reliability=(Bin(said=0.6, found=0.55, pairs=20), Bin(said=0.9, found=0.92, pairs=20)),
    risk_coverage=(Covered(share=0.5, error=0.0), Covered(share=1.0, error=0.1)),
)
METRIC = ByMetric(
    pairs=40,
    prompts=30,
    accuracy=FIGURE,
    correlation=FIGURE,
    kappa=0.5,
    confusion=((0, 0, 3), (1, 0, 2), (4, 4, 9)),
)


def trust(**more: object) -> Trust:
    about = {"judged_pairs": 7, "drawn": 40, "prompts": 30, "pairs": 40, "decided": 40}
    return Trust.model_validate({"verdict": "proven", **about, **more})


def svg(chart: Chart) -> str:
    spec = {**chart.spec, "width": 300}
    return str(vl_convert.vegalite_to_svg(json.dumps(spec)))


def names(charts: Sequence[Chart]) -> list[str]:
    return [chart.name for chart in charts]


def bars(*levels: str) -> list[Bar]:
    return [Bar(level, step, step, step / 6) for level in levels for step in range(4)]


def test_scores_are_drawn_level_by_level_in_the_colours_of_their_levels() -> None:
    (chart,) = score_charts([Distribution("correctness", bars("human", "judge"))])
    assert chart.spec["encoding"]["color"]["scale"]["domain"] == ["human", "judge", "source"]
    assert chart.says == (
        "Scores on correctness: by human, most often 3 (50%); by judge, most often 3 (50%)."
    )
    drawn = svg(chart)
    assert ">human<" in drawn
    assert ">judge<" in drawn


def test_one_level_needs_no_legend() -> None:
    (chart,) = score_charts([Distribution("correctness", bars("judge"))])
    assert chart.spec["encoding"]["color"]["legend"] is None


def test_margins_of_rank_only_pairs_are_no_chart() -> None:
    assert margin_chart([]) is None
    chart = margin_chart([Bar("human", step, 5, 0.5) for step in (2, 3)])
    assert chart is not None
    assert chart.says == "Pairs by margin, from 2 to 3 weighted points."
    assert chart.rows == [("human", 2, 5), ("human", 3, 5)]


def test_what_a_build_knows_of_its_judge_is_drawn_and_no_more() -> None:
    assert trust_charts(trust()) == []
    told = {"accuracy": FIGURE, "bar": 0.6, "person": FIGURE, "judge_with_others": FIGURE}
    assert names(trust_charts(trust(**told))) == ["verdict"]
    whole = trust(**told, calibration=CALIBRATION, metrics={"correctness": METRIC})
    charts = trust_charts(whole)
    assert names(charts) == ["verdict", "calibration", "risk", "accuracies"]
    assert all("<svg" in svg(chart) for chart in charts)
    assert charts[0].says.endswith("must lie above the dashed bar, 60.0%.")
    assert charts[0].rows[0] == ("judge", "90.0%", "80.0% to 95.0%", 40)
    assert charts[2].says.endswith("over all it is 10.0%.")


def test_steps_of_people_and_judge_go_over_the_whole_scale() -> None:
    (chart,) = confusion_charts(trust(metrics={"correctness": METRIC}), {"correctness": (0, 4)})
    assert chart.spec["encoding"]["x"]["scale"]["domain"] == [0, 1, 2, 3, 4]
    assert chart.says == (
        "correctness: people and judge give 12 of 14 answers the same step, weighted kappa 0.50."
    )
    assert "<svg" in svg(chart)


@pytest.mark.parametrize("name", hostile.texts())
def test_a_hostile_name_is_harmless_in_a_spec(name: str) -> None:
    chart = trust_charts(trust(metrics={name: METRIC}))[0]
    assert not set("\x1b\x00\x07\u202e\u2066") & set(json.dumps(chart.spec, ensure_ascii=False))


def test_the_chart_script_is_whole_and_ends_no_script_of_the_page() -> None:
    script = chart_runtime()
    assert "vegaEmbed" in script
    assert not [end for end in ("</script", "<!--") if end in script.lower()]
