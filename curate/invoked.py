"""How this installation's `curate` is called from the folder that it was called in."""

import shlex
import shutil
import sys
from pathlib import Path

NAME = "curate"


def own_command() -> str:
    """`curate` where a shell finds this installation by it, else what does find it."""
    beside = Path(sys.executable).with_name(NAME)
    ours = [path for path in (Path(sys.argv[0]), beside) if path.name == NAME and path.is_file()]
    found = shutil.which(NAME)
    if found is not None and any(path.samefile(found) for path in ours):
        return NAME
    return shlex.quote(str(ours[0])) if ours else f"{shlex.quote(sys.executable)} -m {NAME}"
