"""Every figure of agreement and raters, as `curate report` has them: WORKSPACE."""

import sys

from curate.quality.measure import measure
from curate.workspace import Workspace

if __name__ == "__main__":
    found = measure(Workspace.open(sys.argv[1]))
    if not found.groups:
        raise SystemExit("no figures came out")
