"""The whole loop: votes, a reward model, its scores, the build's deltas, and DPO scaled by them."""

from pathlib import Path
from typing import Any

import pytest

from align.scaling import scaled_beta
from curate.workspace import Workspace
from tests.support.cli import curate
from tests.support.rewarded import rewards, scored, trained, voted
from tests.support.trainers import TRAINS

pytestmark = TRAINS

BUILD = ("--set", "pairs.policy=all-ranked", "--set", "split.test=0.2")


def built(root: Path) -> Any:
    ran = curate("build", "-C", root, "--json", *BUILD)
    assert ran.code == 0, ran.err
    return Workspace.open(root).frame("pairs"), ran


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose answers were scored by models that never saw them, and built again."""
    root = voted(tmp_path_factory.mktemp("loop") / "workspace").root
    trained(root, root / "runs" / "folded", "--folds", "2")
    scored(root, root / "runs" / "folded")
    return root


def test_a_pairs_delta_is_the_difference_of_its_rewards(root: Path) -> None:
    pairs, _ = built(root)
    known = rewards(root)
    assert len(pairs) == 24
    assert set(pairs["delta_source"]) == {"reward_model"}
    for pair in pairs.itertuples():
        difference = known[pair.chosen_id] - known[pair.rejected_id]
        assert float(pair.delta) == pytest.approx(difference, abs=1e-6)
    assert any(float(delta) != 0 for delta in pairs["delta"])


def test_dpo_holds_each_pair_by_its_reward_model(root: Path, tmp_path: Path) -> None:
    from align.metrics import read_metrics

    pairs, _ = built(root)
    learned = [float(row.delta) for row in pairs.itertuples() if row.split == "train"]
    ran = curate(
        *("align", "dpo", "--model", "tiny", "-C", root, "--out", tmp_path / "run", "--json"),
        *("--set", "loss.k=50", "--set", "loss.w=1", "--set", "train.epochs=1"),
        *("--set", f"train.batch_size={len(learned)}", "--set", "train.accumulation=1"),
    )
    assert ran.code == 0, ran.err
    assert "no pair has a delta" not in ran.err
    first = next(line for line in read_metrics(tmp_path / "run") if "beta" in line)
    betas = [scaled_beta(delta, beta=0.1, w=1, k=50) for delta in learned]
    assert first["beta"] == pytest.approx(sum(betas) / len(betas), abs=1e-6)
    assert first["beta"] > 0.1001


def test_a_model_that_saw_a_pair_gives_it_no_delta(tmp_path: Path) -> None:
    root = voted(tmp_path / "workspace", prompts=4).root
    trained(root, root / "runs" / "whole")
    found = scored(root, root / "runs" / "whole")
    pairs, ran = built(root)
    seen = pairs[pairs["split"] == "train"]
    assert found["in_sample"] > 0
    assert seen["delta"].isna().all()
    assert "pairs have no delta by a reward model (in_sample)" in ran.err
    assert "curate align reward --folds 5" in ran.err
