"""Step by step, a build on Spark has the rows of one on DuckDB, in every table on the way."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from curate.steps import PLAN
from curate.workspace import Workspace
from tests.support.spark import SPARK, rows_compared

pytestmark = SPARK

STRICT = (
    "pairs.policy=all-ranked",
    "pairs.min_margin=0",
    "pairs.per_prompt=2",
    "pairs.cap.longer=0.6",
    "pairs.mix.text_share=0.3",
    "score.rater_weights=reliability",
    "score.calibrate=true",
    "dedupe.boilerplate=true",
    "split.validation=0.1",
)
"""Settings that take the ways which the demo's own do not."""

ON_THE_WAY = {
    "load": "current_events",
    "media": "clusters",
    "validate": "event_answers",
    "dedupe": "survivors",
    "filter": "kept_candidates",
    "score": "scores",
    "vote": "drafts",
    "pair": "kept_pairs",
    "split": "splits",
    "trust": "overlap_pairs",
    "bias": "baseline_rows",
    "write": "rationales",
}
"""A table of each step that has rows in the demo."""


@pytest.fixture(scope="module")
def compared(
    spark: Any, demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, int]]:
    """The demo, built by both engines side by side: step -> table -> equal rows."""
    copy = Path(
        shutil.copytree(demo_workspace, tmp_path_factory.mktemp("demo") / "copy", symlinks=True)
    )
    return rows_compared(spark, Workspace.open(copy))


@pytest.mark.parametrize("step", [step.name for step in PLAN])
def test_every_table_of_a_step_is_the_same(compared: dict[str, dict[str, int]], step: str) -> None:
    if step in ON_THE_WAY:
        assert compared[step][ON_THE_WAY[step]] > 0
    else:
        assert compared[step]


def test_the_steps_that_hold_the_rows_were_compared(compared: dict[str, dict[str, int]]) -> None:
    assert compared["validate"]["event_answers"] > 1_000
    assert compared["write"]["rationales"] > 100


def test_settings_that_take_other_ways_give_the_same_rows(spark: Any, demo_copy: Path) -> None:
    found = rows_compared(spark, Workspace.open(demo_copy, STRICT))
    assert found["vote"]["verdicts"] > 0
    assert found["pair"]["length_weights"] >= 0
    assert found["trust"]["overlap_pairs"] > 0
