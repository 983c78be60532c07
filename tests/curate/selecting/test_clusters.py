"""Clusters are those that are there, and come out the same each time."""

import os
import subprocess
import sys

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from curate.selecting.clusters import THREADS, clustered
from tests.support.selecting import blobs

UNCOUNTED = """
import os
import numpy as np
from joblib.externals.loky.backend import context
from curate.selecting.clusters import THREADS, clustered
context._count_physical_cores_linux = lambda: 0
context._cpu_count_user = lambda count: count
vectors = np.eye(200, 8, dtype=np.float32)
print(len(clustered(vectors, 20, 3)), os.environ.get(THREADS))
"""
"""Clusters on a machine that does not say how many cores it has; scikit-learn asks it once."""


def test_separate_groups_are_found() -> None:
    vectors, groups = blobs(600, 6, 16)
    assert adjusted_rand_score(groups, clustered(vectors, 6, 0)) > 0.95


def test_the_same_seed_gives_the_same_clusters() -> None:
    vectors, _ = blobs(400, 5, 8)
    assert (clustered(vectors, 20, 3) == clustered(vectors.copy(), 20, 3)).all()


def test_fewer_prompts_than_clusters_are_no_fault() -> None:
    vectors, _ = blobs(4, 2, 8)
    assert len(clustered(vectors, 100, 0)) == 4
    assert len(clustered(vectors[:0], 100, 0)) == 0


@pytest.mark.parametrize("given", [None, "2"])
def test_a_machine_whose_cores_cannot_be_counted_is_no_matter(given: str | None) -> None:
    env = {name: it for name, it in os.environ.items() if name != THREADS}
    env |= {} if given is None else {THREADS: given}
    command = [sys.executable, "-c", UNCOUNTED]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (f"200 {given}\n", "")


def test_copies_are_one_cluster() -> None:
    same = np.ones((50, 4), np.float32) / 2
    assert len(set(clustered(same, 10, 0).tolist())) == 1
