"""A workspace of prompts with four answers each, all routed to people. FOLDER PROMPTS."""

import sys
from pathlib import Path

from benchmarks.judging.workspace import main as write
from curate.routing.routes import ensure_routes
from curate.workspace import Workspace

CONFIG = """[route]
overlap_share = 0
overlap_min = 0
default = "human"
"""


def main(folder: str, prompts: int) -> None:
    """Write it below `folder`, which must not be there yet."""
    write(folder, prompts)
    (Path(folder) / "curate.toml").write_text(CONFIG, "utf-8")
    ensure_routes(Workspace.open(folder))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
