"""MM-RLHF-RewardBench: the task types that it says are found, and drawn by the paper's ratio."""

from pathlib import Path

import pytest

from curate.init import create
from curate.pull.stage import pull
from curate.selecting.stage import Order, select
from curate.workspace import Workspace
from tests.support.selecting import counts, quiet, rows
from tests.support.workspaces import NOW

pytestmark = pytest.mark.realdata
FILE = "mm-reward-bench/mm_reward_bench.jsonl"
PAPER = {"long": 4.0, "short": 5.0, "mcq": 1.0}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Workspace:
    made = create(tmp_path_factory.mktemp("bench") / "workspace", "mm-rlhf")
    pull(made, str(shared_data / FILE), now=NOW, missing_media="keep")
    return made


def test_its_46_prompts_have_the_types_that_their_ids_say(workspace: Workspace) -> None:
    report = select(workspace, Order(46), quiet)
    there = {kind: found[0] for kind, found in counts(report).items()}
    assert there == {"long": 10, "mcq": 10, "safety": 6, "short": 10, "video": 10}
    assert report.selected == 46


def test_the_papers_ratio_reweights_30_of_them(workspace: Workspace) -> None:
    report = select(workspace, Order(23, ratio=PAPER), quiet)
    assert counts(report) == {
        "long": (10, 6, 6),
        "mcq": (10, 2, 2),
        "safety": (6, 3, 3),
        "short": (10, 7, 7),
        "video": (10, 5, 5),
    }


def test_disagreement_goes_by_its_answers_where_one_source_ranked_alone(
    workspace: Workspace,
) -> None:
    report = select(workspace, Order(10, draw="disagreement"), quiet)
    assert report.by_basis() == {"answers": 10}
    scores = [row["score"] for row in rows(workspace.root)]
    assert all(0 < score <= 1 for score in scores)
