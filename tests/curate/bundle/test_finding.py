"""A push on the Hub is known by its manifest, pinned, and fetched by the real client."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.bundle import finding
from curate.init import create
from curate.workspace import Workspace
from schemas.errors import SourceError
from tests.support.bundles import built, mixed_workspace, pushed, tables
from tests.support.cli import curate
from tests.support.hub_server.faults import Fault
from tests.support.hub_server.server import HubServer, running
from tests.support.hub_site import ENVIRONMENT
from tests.support.pulling import tree

ROOT = Path(__file__).resolve().parents[3]


def asked(
    files: Mapping[str, bytes], home: Path, *words: str, fault: Fault | None = None
) -> tuple[int, Any]:
    """How `curate pull` of a Hub that has the files ends, and what it says."""
    hub = HubServer()
    hub.create("owner/name").put(files)
    if fault is not None:
        hub.faults.add(fault)
    with running(hub):
        settings = {
            **os.environ,
            **ENVIRONMENT,
            "HF_ENDPOINT": hub.address,
            "HF_HOME": str(home),
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-m", "curate", "pull", "hub:owner/name", "--json", *words],
            env=settings,
            check=False,
            capture_output=True,
            text=True,
        )
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else done.stderr


@pytest.fixture(scope="module")
def pushed_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, bytes], Any]:
    """The files of a push, and the tables of the build that was pushed."""
    folder = tmp_path_factory.mktemp("push")
    workspace = mixed_workspace(folder)
    report = built(workspace)
    files = {**tree(pushed(workspace, folder)), "README.md": b"# a card\n"}
    return files, tables(report)


def test_a_push_on_the_hub_builds_to_the_same_bytes(
    pushed_files: tuple[Mapping[str, bytes], Any], tmp_path: Path
) -> None:
    files, before = pushed_files
    restored = create(tmp_path / "restored")
    code, said = asked(files, tmp_path / "home", "-C", str(restored.root))
    assert (code, said["format"], said["source"]) == (0, "push", "owner/name")
    assert said["new"]["prompts"] == said["prompts"] > 0
    assert tables(built(restored)) == before


def test_a_download_that_breaks_off_leaves_the_workspace_as_it_was(
    pushed_files: tuple[Mapping[str, bytes], Any], tmp_path: Path
) -> None:
    files, before = pushed_files
    restored = create(tmp_path / "restored")
    fresh = tree(restored.root)
    broken = Fault("GET", "routes.parquet", status=403, times=99)
    code, said = asked(files, tmp_path / "home", "-C", str(restored.root), fault=broken)
    assert (code, "did not come" in said, "pull again: what came is kept" in said) == (
        1,
        True,
        True,
    )
    assert tree(restored.root) == fresh
    assert asked(files, tmp_path / "home", "-C", str(restored.root))[0] == 0
    assert tables(built(restored)) == before


def test_a_push_that_the_disk_has_no_room_for_is_not_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free = shutil.disk_usage("/")
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: free._replace(free=10))
    finding._refuse_too_large("owner/name", 10)
    with pytest.raises(SourceError, match="hf:owner/name: 11 bytes, and the disk"):
        finding._refuse_too_large("owner/name", 11)


def test_what_curate_push_sent_comes_back(
    hub: HubServer, demo_workspace: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(demo_workspace)
    before = built(workspace)
    assert curate("push", "owner/name", "-C", demo_workspace).code == 0
    files = {path: blob.data for path, blob in hub.repository().head.tree.items()}
    restored = create(tmp_path / "restored")
    code, said = asked(files, tmp_path / "home", "-C", str(restored.root))
    assert (code, said["prompts"]) == (0, before.manifest.counts["prompts"])
    after = built(restored)
    assert after.manifest.build_id == before.manifest.build_id
    assert tables(after) == tables(before)


def test_a_set_of_others_is_read_as_ever(tmp_path: Path) -> None:
    rows = pa.table({"prompt": ["Which?"], "response": ["This."]})
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink)
    files = {"data/train-00000-of-00001.parquet": sink.getvalue().to_pybytes()}
    restored = create(tmp_path / "restored")
    code, said = asked(files, tmp_path / "home", "-C", str(restored.root))
    assert (code, said["format"], said["prompts"]) == (0, "hf", 1)


def test_rows_of_a_push_are_read_where_a_format_is_named(
    pushed_files: tuple[Mapping[str, bytes], Any], tmp_path: Path
) -> None:
    restored = create(tmp_path / "restored")
    words = ("-C", str(restored.root), "--format", "native")
    code, said = asked(pushed_files[0], tmp_path / "home", *words)
    assert (code, said["format"]) == (0, "native")
