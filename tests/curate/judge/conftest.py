"""A small workspace of text prompts, and a judge of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

from curate.init import create
from curate.pull.stage import pull
from tests.support.judge_runs import Judge, judging
from tests.support.workspaces import Bench

PROMPTS = 6
ANSWERS = 4


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's sample, pulled and judged by nobody yet, for reading only."""
    workspace = create(tmp_path_factory.mktemp("unjudged") / "workspace")
    with resources.as_file(resources.files("curate") / "sample" / "sample.jsonl") as path:
        pull(workspace, str(path), licence="Apache-2.0", now=datetime(2026, 1, 2, tzinfo=UTC))
    return workspace.root


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
