"""What a push warns of before it is too late."""

import json
from pathlib import Path

import pytest

from tests.support.cli import curate
from tests.support.hub_server.server import HubServer
from tests.support.workspaces import Bench

ASKED = ("push", "owner/name", "--set", 'export.pseudonyms=["anna"]')
OTHER = 'this build was made with pairs.policy = "all-ranked", curate.toml says "mllm-dpo"'
EMPTY = "no row of split test is left: 1 judge_unproven"
HALVES = ("split.test=0.5", "split.seed=1")


def test_a_push_of_a_trial_warns(hub: HubServer, built: Bench) -> None:
    built.build("pairs.policy=all-ranked")
    here = ("-C", built.root)
    assert curate(*ASKED, *here, "--dry-run").err == f"warning: {OTHER}\n"
    assert curate(*ASKED, *here).err == f"warning: {OTHER}\n"
    assert hub.uploads()
    assert curate(*ASKED, *here, "--dry-run", "--json").json["warnings"] == [OTHER]


@pytest.fixture
def unproven(built: Bench) -> Path:
    """A build whose test split has a pair by a judge that is not proven, and nothing else."""
    built.prompt("How many plates?", "Five.", "Six.")
    built.vote("How many plates?", "judge:m", {"Five.": 4, "Six.": 1})
    report = built.build(*HALVES)
    assert report.manifest.splits == {"test": 1, "train": 1}
    manifest = json.loads((report.folder / "manifest.json").read_bytes())
    manifest["trust"]["verdict"] = "unproven"
    (report.folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return built.root


def test_a_split_that_is_refused_whole_is_told_of(hub: HubServer, unproven: Path) -> None:
    here = ("-C", str(unproven), "--set", HALVES[0], "--set", HALVES[1])
    assert curate(*ASKED, *here).err == f"warning: {EMPTY}\n"
    assert not any(path.startswith("data/test") for path in hub.repository().head.tree)
    found = curate("export", "--format", "trl", "--format", "ms-swift", *here, "--json")
    assert found.code == 0
    assert [it["warnings"] for it in found.json["formats"].values()] == [[EMPTY], [EMPTY]]
