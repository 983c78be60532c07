"""Clusters are those that are there, and come out the same each time."""

import numpy as np
from sklearn.metrics import adjusted_rand_score

from curate.selecting.clusters import clustered
from tests.support.selecting import blobs


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


def test_copies_are_one_cluster() -> None:
    same = np.ones((50, 4), np.float32) / 2
    assert len(set(clustered(same, 10, 0).tolist())) == 1
