"""DESIGN 5.1: differences are taken within one event."""

from pathlib import Path

import pytest

from tests.support.workspaces import Bench, outcome, reasons, rows


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_lenient_and_a_strict_rater_who_agree_give_the_pair_either_gives_alone(
    bench: Bench,
) -> None:
    bench.prompt("q", "good", "bad")
    bench.vote("q", "human:lenient", {"good": 4, "bad": 3})
    bench.vote("q", "human:strict", {"good": 1, "bad": 0})
    report = bench.build()
    assert outcome(report) == {("good", "bad")}
    assert float(rows(report, "pairs")[0]["margin_raw"]) == 3.0
