"""A pull that is killed at any moment loses no vote and doubles none."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.cli import ROOT
from tests.support.label_studio import Live
from tests.support.voted import SMALL_PAGES, Voted
from tests.support.waiting import until

pytestmark = pytest.mark.label_studio

KILLS = int(os.environ.get("PAIRWRIGHT_KILLS", "5"))
FIRST, MORE = 40, 6


def test_a_killed_pull_loses_and_doubles_nothing(live: Live, tmp_path: Path) -> None:
    prompts = FIRST + MORE * KILLS
    site = Voted.of(live, tmp_path / "work", prompts, votes=FIRST)
    chance = random.Random(7)
    for kill in range(KILLS):
        lines = _lines(site) + chance.randrange(MORE + FIRST // (KILLS + 1))
        process = _start(site)
        until(lambda: process.poll() is not None or _lines(site) >= lines)  # noqa: B023 - at once
        # No event ends this wait: a moment drawn by chance is what is tried here. The first lies
        # before anything was read.
        time.sleep(chance.random() * 0.05 if kill else 0.3)
        process.kill()
        assert process.wait() in {-9, 0}
        site.check_none_twice()
        start = FIRST + MORE * kill
        for place in range(start, start + 2):
            site.vote(place)
        said = site.export()
        live.client.annotations.update(id=chance.choice(said)["id"], result=said[0]["result"])
        live.client.annotations.delete(id=chance.choice(said)["id"])
    site.pulled()
    site.check()
    assert site.pulled()["events_new"] == 0


def _start(site: Voted) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", SMALL_PAGES, "label", "pull", "-C", str(site.workspace.root)]
    return subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )


def _lines(site: Voted) -> int:
    """Whole lines in the journals."""
    found = site.workspace.annotations.glob("label-*.jsonl")
    return sum(path.read_bytes().count(b"\n") for path in found)
