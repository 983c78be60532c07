"""A push killed at any moment leaves the old version or the new one, whole; the next completes it.

`PAIRWRIGHT_KILLS=20` kills more often than the default run does.
"""

import os
import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from huggingface_hub import constants

from curate.build import build
from curate.workspace import Workspace
from tests.support.cli import Ran, curate, process, start
from tests.support.hub_server.repository import MAIN
from tests.support.hub_server.server import HubServer, running
from tests.support.hub_site import ENVIRONMENT
from tests.support.waiting import until
from tests.support.workspaces import NOW

KILLS = int(os.environ.get("PAIRWRIGHT_KILLS", "5"))
REPO = "owner/demo"
LATENCY_S = 0.03
"""As a near Hub has it, so that the moments fall on every step."""


@dataclass(frozen=True)
class Version:
    """A build, and what a reader sees of it: path -> the file's sha256."""

    root: Path
    tag: str
    seen: dict[str, str]


def test_a_killed_push_shows_the_old_version_or_the_new_one(
    demo_workspace: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    with running(HubServer(latency_s=LATENCY_S)) as hub:
        old, new = (version(hub, demo_workspace, tmp_path, share) for share in ("0.05", "0.3"))
        assert old.seen != new.seen
        forget(hub, old)
        completed(hub, old)
        forget(hub, new)
        seconds = timed(hub, new)
        for kill in range(KILLS):
            # Each kill has its own stretch of a push, so that none is passed over.
            moment = seconds * (kill + chance.random()) / KILLS
            old, new = new, old
            forget(hub, new)
            killed(hub, new, moment)
            assert shown(hub) in (old.seen, new.seen)
            completed(hub, new)


def version(hub: HubServer, demo_workspace: Path, tmp_path: Path, share: str) -> Version:
    """The demo built with so large a test split, and what a push of it to this Hub shows."""
    root = Path(shutil.copytree(demo_workspace, tmp_path / share, symlinks=True))
    report = build(Workspace.open(root, [f"split.test={share}"]), now=NOW)
    assert pushed(hub, root).code == 0
    return Version(root, report.manifest.build_id, shown(hub))


def pushed(hub: HubServer, root: Path) -> Ran:
    """Push in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constants, "HF_HUB_OFFLINE", False)
        patch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        for name, value in env(hub).items():
            patch.setenv(name, value)
        return curate("push", REPO, "-C", root)


def completed(hub: HubServer, wanted: Version) -> None:
    """Push to the end."""
    whole(hub, wanted, pushed(hub, wanted.root))


def timed(hub: HubServer, wanted: Version) -> float:
    """Push to the end as those that are killed do: seconds from its first to its last word."""
    before = len(hub.seen)
    whole(hub, wanted, process("push", REPO, "-C", wanted.root, env=env(hub)))
    return hub.seen[-1].at - hub.seen[before].at


def whole(hub: HubServer, wanted: Version, ran: Ran) -> None:
    assert ran.code == 0, ran.err
    assert shown(hub) == wanted.seen
    repository = hub.repository(REPO)
    assert repository.tags[wanted.tag] == repository.head.oid


def killed(hub: HubServer, wanted: Version, moment: float) -> None:
    """Kill a push so many seconds after its first word to the Hub."""
    before = len(hub.seen)
    with start("push", REPO, "-C", wanted.root, env=env(hub)) as running_push:
        until(lambda: len(hub.seen) > before or running_push.poll() is not None)
        time.sleep(moment)  # no event ends this wait: a moment drawn by chance is what is tried
        running_push.kill()
        running_push.communicate()


def forget(hub: HubServer, wanted: Version) -> None:
    """Make the Hub new to a version: its tag, and objects that no visible file has."""
    repository = hub.repository(REPO)
    repository.refs.pop(f"refs/tags/{wanted.tag}", None)
    held = {blob.sha256 for blob in repository.head.tree.values()}
    repository.objects = {oid: data for oid, data in repository.objects.items() if oid in held}


def shown(hub: HubServer) -> dict[str, str]:
    """What readers of main see."""
    repository = hub.repository(REPO)
    tree = repository.commits[repository.refs[MAIN]].tree
    return {path: blob.sha256 for path, blob in tree.items()}


def env(hub: HubServer) -> dict[str, str]:
    return {**ENVIRONMENT, "HF_ENDPOINT": hub.address}
