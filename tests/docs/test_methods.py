"""The numbers of docs/methods.md are what its formulas give."""

from itertools import pairwise
from math import exp, inf, log
from pathlib import Path

import numpy as np
import pytest

from curate.length.control import Comparisons, fit, rates

B0 = 0.1


def _beta(delta: float, w: float, k: float) -> float:
    return B0 * (1 + w * (1 - exp(-k * max(delta, 0))))


def _loss(delta: float, z: float) -> float:
    return log(1 + exp(-_beta(delta, 0.5, 0.5) * z))


def _table(root: Path, mark: str) -> list[list[float]]:
    """The numbers of the first table after a mark, row by row."""
    text = (root / "docs" / "methods.md").read_text(encoding="utf-8")
    lines = text.split(f"<!-- {mark}")[1].split("\n\n")[1].splitlines()
    return [[float(cell) for cell in line.strip("| ").split("|")] for line in lines[2:]]


def test_beta_of_dynamic_reward_scaling(repo_root: Path) -> None:
    rows = _table(repo_root, "drs-beta")
    assert [row[0] for row in rows] == [-2, 0, 0.5, 1, 2, 10, inf]
    for delta, *printed in rows:
        computed = [_beta(delta, w, k) for w, k in ((0.5, 0.5), (0.1, 0.5), (0.5, 1))]
        assert [round(beta, 7) for beta in computed] == printed


def test_loss_of_dynamic_reward_scaling(repo_root: Path) -> None:
    rows = _table(repo_root, "drs-loss")
    assert len(rows) == 4
    for delta, z, printed in rows:
        assert round(_loss(delta, z), 6) == printed


@pytest.mark.parametrize(("w", "k"), [(0.5, 0.5), (0.1, 0.5), (1.0, 2.0)])
def test_beta_never_falls_and_stays_in_its_range(w: float, k: float) -> None:
    betas = [_beta(step / 10, w, k) for step in range(-50, 200)]
    assert all(low <= high for low, high in pairwise(betas))
    assert betas[0] == B0
    assert betas[-1] <= (1 + w) * B0


def test_without_w_it_is_plain_dpo() -> None:
    assert {_beta(delta, 0, 0.5) for delta in (-1, 0, 3)} == {B0}


def test_every_policy_is_explained(repo_root: Path) -> None:
    text = (repo_root / "docs" / "methods.md").read_text(encoding="utf-8")
    policies = {path.stem for path in (repo_root / "curate" / "sql" / "policy").glob("*.sql")}
    assert policies
    assert not [name for name in policies if text.count(f"| `{name}` |") != 2]


def test_who_wins_at_equal_length(repo_root: Path) -> None:
    text = (repo_root / "docs" / "methods.md").read_text(encoding="utf-8")
    table = text.split("<!-- length-control")[1].split("| model |")[1].splitlines()[2:4]
    counted = Comparisons(
        one=np.array([0, 0]),
        other=np.array([1, 1]),
        difference=np.array([1.0, -1.0]),
        wins=np.array([56.0, 8.0]),
        n=np.array([80.0, 20.0]),
    )
    fitted = fit(counted, 2)
    told = rates(counted, fitted)
    for place, line in enumerate(table):
        printed = [float(cell) for cell in line.strip("| ").split("|")[1:]]
        computed = [told.n[place], told.won[place], told.controlled[place], fitted.longer_wins]
        assert [round(float(it), 4) for it in computed] == printed
