"""Clusters of prompts by mini-batch k-means (Sculley 2010), as scikit-learn has it."""

import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

BATCH = 4096
STARTS = 3
SEEDS = 1 << 32


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
    with threadpool_limits(1), warnings.catch_warnings():
        # Fewer different vectors than clusters: the rest stay empty, which is no fault.
        warnings.simplefilter("ignore", ConvergenceWarning)
        labels: Array = means.fit_predict(vectors)
    return labels.astype(np.int32)
