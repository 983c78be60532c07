"""What a benchmark of `[[decontaminate]]` is by content, which a build depends on."""

import hashlib
from pathlib import Path

from curate.workspace import Workspace
from schemas.config_curation import Benchmark
from schemas.errors import ConfigError

BLOCK = 1 << 20
HUB = "hf:"


def fingerprint(workspace: Workspace, benchmark: Benchmark) -> str:
    """The sha256 of a benchmark's files, names and bytes; of a Hub data set, of its name.

    Raises ConfigError where the path is not there.
    """
    location = located(workspace, benchmark)
    digest = hashlib.sha256()
    path = Path(location)
    if location.startswith(HUB):
        digest.update(location.encode())
    elif path.exists():
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.relative_to(path).as_posix().encode() + b"\0")
                with file.open("rb") as content:
                    while block := content.read(BLOCK):
                        digest.update(block)
    else:
        raise ConfigError(
            f"[[decontaminate]] {benchmark.name!r}: {path} is not there",
            "name a file, a folder or hf:REPO; a relative path is looked up in the workspace",
        )
    return digest.hexdigest()


def located(workspace: Workspace, benchmark: Benchmark) -> str:
    """Where a benchmark lies: a relative path is one in the workspace."""
    if benchmark.path.startswith(HUB):
        return benchmark.path
    return str(workspace.root / benchmark.path)
