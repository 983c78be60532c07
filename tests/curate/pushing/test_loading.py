"""The demo's push as the real `datasets` reads it from a Hub on loopback, at once and streamed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from curate.workspace import Workspace
from tests.support.cli import ROOT, process
from tests.support.hub_server.server import HubServer, running
from tests.support.hub_site import ENVIRONMENT

LOADING = """
import json, sys
from datasets import load_dataset
whole = load_dataset(sys.argv[1], revision=sys.argv[2])
streamed = load_dataset(sys.argv[1], revision=sys.argv[2], streaming=True)
print(json.dumps({
    "splits": {split: list(rows["pair_id"]) for split, rows in whole.items()},
    "streamed": {split: [row["pair_id"] for row in rows] for split, rows in streamed.items()},
    "sizes": [image.size for image in next(it["images"] for it in whole["train"] if it["images"])],
    "skipped": next(iter(streamed["train"].skip(40)))["pair_id"],
}))
"""


@pytest.fixture(scope="module")
def pushed(demo_workspace: Path) -> Any:
    """The demo on a Hub that stays up for the module's tests, and what its push said."""
    with running() as hub:
        env = {**ENVIRONMENT, "HF_ENDPOINT": hub.address}
        ran = process("push", "owner/demo", "-C", demo_workspace, "--json", env=env)
        assert ran.code == 0, ran.err
        yield hub, ran.json


@pytest.mark.parametrize("revision", ["main", "tag"])
def test_every_pair_is_read_with_its_pictures(
    pushed: tuple[HubServer, Any], demo_workspace: Path, tmp_path: Path, revision: str
) -> None:
    hub, said = pushed
    found = loaded(hub, said["tag"] if revision == "tag" else revision, tmp_path)
    pairs = pq.read_table(Workspace.open(demo_workspace).build_folder() / "pairs.parquet")
    for split in ("train", "test"):
        wanted = [row["pair_id"] for row in pairs.to_pylist() if row["split"] == split]
        assert sorted(found["splits"][split]) == sorted(wanted)
        assert found["streamed"][split] == found["splits"][split]
    assert found["splits"].keys() == found["streamed"].keys() == {"train", "test"}
    assert all(width > 1 and height > 1 for width, height in found["sizes"])
    assert found["skipped"] == found["splits"]["train"][40]


def loaded(hub: HubServer, revision: str, home: Path) -> Any:
    """What a process of its own reads."""
    env = {
        **os.environ,
        **ENVIRONMENT,
        "HF_ENDPOINT": hub.address,
        "HF_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", LOADING, "owner/demo", revision]
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
