from pathlib import Path
from typing import Any

from curate.bias.text import SAID
from curate.manifest_files import build_manifest
from curate.report.leaning import LABELS, leaning
from curate.workspace import Workspace
from schemas.bias import Baselines, BiasReport, Probe
from schemas.quality import Figure

NONE = Figure(value=None)


def probe(value: float, *, neutral: float = 0.5, above: bool = False) -> Probe:
    figure = Figure(value=value, low=value - 0.1, high=value + 0.1, n=20)
    return Probe(figure=figure, neutral=neutral, limit=0.6, above=above)


def rows_of(spec: Any) -> list[dict[str, Any]]:
    """The rows of all layers of a chart."""
    return [row for rows in spec["datasets"].values() for row in rows]


def test_every_probe_of_a_build_has_words(demo_workspace: Path) -> None:
    manifest = build_manifest(Workspace.open(demo_workspace).build_folder())
    assert manifest.bias.probes
    assert {name.partition(".")[0] for name in manifest.bias.probes} <= LABELS.keys() == SAID.keys()


def test_probes_stand_beside_what_they_are_without_a_bias() -> None:
    probes = {"first_shown.judge": probe(0.8, above=True), "swap_flips": probe(0.2, neutral=0.0)}
    found = leaning(BiasReport(probes=probes))
    assert found is not None
    assert found.chart is not None
    assert found.chart.says.endswith("beyond their limits: first shown wins (judge).")
    assert {row["of"] for row in rows_of(found.chart.spec)} == {
        "first shown wins (judge)",
        "turns round on a swap",
    }
    assert found.chart.rows[0] == (
        "first_shown.judge",
        "80.0%",
        "70.0% to 90.0%",
        20,
        "50%",
        "0.6",
        "the answer shown first wins",
    )
    assert found.rules == []


def test_rules_are_told_for_all_pairs_and_then_by_category() -> None:
    longer = Figure(value=0.75, low=0.7, high=0.8, n=40)
    rules = Baselines(pairs=40, longer=longer, first=NONE, model=longer)
    found = leaning(BiasReport(overall=rules, categories={"chart": rules}))
    assert found is not None
    assert found.chart is None
    told = "75.0 % [70.0 %, 80.0 %]"
    assert found.rules == [("all", 40, told, told, ""), ("chart", 40, told, told, "")]


def test_without_votes_there_is_no_panel() -> None:
    assert leaning(BiasReport()) is None
    assert leaning(BiasReport(probes={"swap_flips": Probe(figure=NONE, neutral=0.0)})) is None
