"""What `make bench-align` writes, from runs that are made up: tables and plots."""

from pathlib import Path

import pytest

from benchmarks.align import plan, plots, tables
from benchmarks.align.records import Results, append, mend, missing, read
from benchmarks.align.run import Found, Run


def found_by(run: Run) -> Found:
    """Made up: noise costs 20 points a quarter, w adds a point for each tenth, seeds differ."""
    share = 0.9 - 0.8 * run.share + 0.1 * run.w + 0.01 * run.seed
    beta = 0.1 * (1 + run.w / 2)
    return Found(share, share - 0.1, share - 0.2, 0.5, beta, run.share, 1.0)


@pytest.fixture
def found() -> Results:
    return {run: found_by(run) for run in plan.runs(small=False)}


def test_noise_is_a_row_a_share_with_what_it_costs(found: Results) -> None:
    lines = tables.noise_table(found).splitlines()
    assert lines[0] == (
        "| flipped | accuracy % | likelier % | answers % | pictures shuffled % | "
        "accuracy % against 0 % |"
    )
    assert lines[2:] == [
        "| 0% | 92.0 ± 2.0 | 82.0 ± 2.0 | 72.0 ± 2.0 | 50.0 ± 0.0 |  |",
        "| 25% | 72.0 ± 2.0 | 62.0 ± 2.0 | 52.0 ± 2.0 | 50.0 ± 0.0 | -20.0 ± 0.0 |",
        "| 50% | 52.0 ± 2.0 | 42.0 ± 2.0 | 32.0 ± 2.0 | 50.0 ± 0.0 | -40.0 ± 0.0 |",
        "| 75% | 32.0 ± 2.0 | 22.0 ± 2.0 | 12.0 ± 2.0 | 50.0 ± 0.0 | -60.0 ± 0.0 |",
    ]


@pytest.mark.parametrize(("experiment", "rows"), [(plan.RIGHT, 10), (plan.RATED, 12)])
def test_scaling_is_held_against_plain_dpo_seed_by_seed(
    found: Results, experiment: str, rows: int
) -> None:
    lines = tables.scaling_table(found, experiment).splitlines()[2:]
    assert len(lines) == rows
    assert lines[0] == "| plain DPO | 0.100 | 92.0 ± 2.0 | 82.0 ± 2.0 | 72.0 ± 2.0 |  |  |"
    half = next(line for line in lines if line.startswith("| w = 0.5, k = 1 "))
    assert half.endswith("| 0.125 | 97.0 ± 2.0 | 87.0 ± 2.0 | 77.0 ± 2.0 | 5.0 ± 0.0 | 5.0 ± 0.0 |")


def test_controls_are_named(found: Results) -> None:
    text = tables.scaling_table(found, plan.RATED)
    assert "| w = 1, k = 1, deltas shuffled |" in text
    assert "| w = 1, k = 1: plain DPO by its mean beta |" in text


def test_plots_are_pictures(found: Results, tmp_path: Path) -> None:
    for path in plots.write(found, tmp_path):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_a_plan_asks_nothing_twice_and_pairs_every_seed() -> None:
    runs = plan.runs(small=False)
    assert len(runs) == len(set(runs))
    seeds = {run.seed for run in runs}
    assert len(seeds) >= 5
    assert len(runs) % len(seeds) == 0


def test_a_stopped_benchmark_goes_on_where_it_was(tmp_path: Path) -> None:
    runs = plan.runs(small=True)
    path = tmp_path / "runs-0.jsonl"
    for run in runs[:3]:
        append(path, run, found_by(run))
    with path.open("a") as file:
        file.write('{"run": {"experim')
    mend(path)
    assert missing(runs, tmp_path) == runs[3:]
    append(path, runs[3], found_by(runs[3]))
    assert read(tmp_path) == {run: found_by(run) for run in runs[:4]}
