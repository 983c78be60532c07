"""What a push holds beside pairs, votes and card: one function a part, run in this order.

Each is given the workspace, the build's folder, and the folder whose tree becomes the repository's;
it writes its files there. The same workspace and build must give the same bytes, else every push
makes a new version. `data/` holds the pairs and `votes/` the votes already. The card comes after
all of them, and a folder of `{split}-{i:05d}-of-{n:05d}.parquet` is a config in it.
"""

from collections.abc import Callable
from pathlib import Path

from curate.bundle.writing import write_bundle
from curate.workspace import Workspace

Contributor = Callable[[Workspace, Path, Path], None]

CONTENTS: tuple[Contributor, ...] = (write_bundle,)
