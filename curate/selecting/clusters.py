"""Clusters of prompts by mini-batch k-means (Sculley 2010), as scikit-learn has it."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

BATCH = 4096
STARTS = 3
SEEDS = 1 << 32
THREADS = "OMP_NUM_THREADS"


def clustered(vectors: "Array", count: int, seed: int) -> "Array":
    """The cluster of each vector (int32), from 0; at most `count` clusters, some may be empty.

    `vectors` are float32, shape (n, d), and may be a file mapped into memory: a step reads a few
    thousand of them. One thread computes, so that sums and with them clusters come out the same.
    """
    import numpy as np
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    if not len(vectors):
        return np.empty(0, np.int32)
    means = MiniBatchKMeans(
        n_clusters=min(count, len(vectors)),
        batch_size=BATCH,
        n_init=STARTS,
        random_state=seed % SEEDS,
    )
    with threadpool_limits(1), _told_threads(), warnings.catch_warnings():
        # Fewer different vectors than clusters: the rest stay empty, which is no fault.
        warnings.simplefilter("ignore", ConvergenceWarning)
        labels: Array = means.fit_predict(vectors)
    return labels.astype(np.int32)


@contextmanager
def _told_threads() -> Iterator[None]:
    """Say how many threads there are, so that scikit-learn does not count the machine's cores.

    Where they cannot be counted, joblib writes a warning and a traceback of its own to stderr.
    """
    before = os.environ.get(THREADS)
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[THREADS]
        else:
            os.environ[THREADS] = before
