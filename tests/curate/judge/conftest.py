"""A small workspace of text prompts, and a judge of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.judge_runs import Judge, judging
from tests.support.workspaces import Bench

PROMPTS = 6
ANSWERS = 4


@pytest.fixture
def asked(tmp_path: Path) -> Bench:
    """Six questions with four answers each, not yet written."""
    bench = Bench(tmp_path / "workspace")
    for number in range(PROMPTS):
        bench.prompt(
            f"Question {number}?", *(f"Answer {place} to {number}." for place in range(ANSWERS))
        )
    return bench


@pytest.fixture
def judge(asked: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Judge]:
    """A judge that does nothing wrong."""
    asked.write()
    with judging(asked.root, monkeypatch) as found:
        yield found


@pytest.fixture
def many(tmp_path: Path) -> Bench:
    """Two hundred questions, written."""
    bench = Bench(tmp_path / "many")
    for number in range(200):
        bench.prompt(
            f"Question {number}?", *(f"Answer {place} to {number}." for place in range(ANSWERS))
        )
    bench.write()
    return bench
