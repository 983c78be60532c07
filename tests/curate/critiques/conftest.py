"""A workspace in which people left comments, and a judge that writes them out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.critiquing import comment, critiquing
from tests.support.judge_runs import Judge
from tests.support.workspaces import Bench

PROMPTS = 4
"""Each has two answers with a comment of their own: eight comments."""


@pytest.fixture
def said(tmp_path: Path) -> Bench:
    """Four questions, two answers each, not yet written."""
    bench = Bench(tmp_path / "workspace")
    for number in range(PROMPTS):
        asked = f"Question {number}?"
        good, bad = f"Answer good to {number}.", f"Answer bad to {number}."
        bench.prompt(asked, good, bad)
        comment(bench, asked, {bad: f"misses point {number}", good: f"clear on point {number}"})
    return bench


@pytest.fixture
def editor(said: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Judge]:
    """`curate critiques` against a model that does nothing wrong."""
    said.write()
    with critiquing(said.root, monkeypatch) as found:
        yield found
