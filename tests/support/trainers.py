"""What marks a test that trains: it runs where torch and TRL are, under the marker `train`."""

from importlib.util import find_spec

import pytest

TRAINS = [
    pytest.mark.train,
    # Looked for, not imported: collecting the default run must not load torch.
    pytest.mark.skipif(
        not (find_spec("torch") and find_spec("trl")),
        reason="torch and trl are not installed (extra: train)",
    ),
    # Raised by torch, transformers and accelerate among themselves.
    pytest.mark.filterwarnings("ignore"),
]
