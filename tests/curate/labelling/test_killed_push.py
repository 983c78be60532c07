"""A push whose process or server is killed is finished by the next, every prompt asked once."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio import push
from annotate.label_studio.environment import Environment
from curate.labelling import boxes
from tests.support.cli import ROOT
from tests.support.label_studio import Live, running
from tests.support.pushing import Site
from tests.support.waiting import until as wait_until

pytestmark = pytest.mark.label_studio

PROMPTS, CHUNK, KILLS = 300, 2, int(os.environ.get("PAIRWRIGHT_KILLS", "5"))
SMALL_CHUNKS = f"""
import sys
from curate.labelling import boxes
boxes.CHUNK = {CHUNK}
from curate.cli import main
main(sys.argv[1:])
"""


def test_a_killed_push_loses_and_doubles_nothing(live: Live, tmp_path: Path) -> None:
    site = Site.of(live, tmp_path / "work")
    for number in range(PROMPTS):
        site.ask(number)
    root = site.bench.write().root
    chance = random.Random(7)
    for kill in range(KILLS):
        until = sum(site.tasks().values()) + chance.randrange(PROMPTS // (KILLS + 1))
        with _start(root) as process:
            _wait_for(process, site, until)
            # No event ends this wait: a moment drawn by chance is what is tried here. The first
            # lies before anything was sent.
            time.sleep(chance.random() * 0.05 if kill else 1.0)
            process.kill()
        assert process.returncode == -9
        assert set(site.tasks().values()) <= {1}
    site.pushed()
    assert site.tasks() == site.wanted


def test_a_server_that_stops_in_the_middle_is_one_line_and_nothing_is_lost(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(environment, tmp_path / "server") as live:
        site = Site.of(live, tmp_path / "work")
        for number in range(7):
            site.ask(number)

        def send(*given: Any) -> int:
            total = push.send(*given)
            live.server.stop()
            return total

        with monkeypatch.context() as patch:
            patch.setattr(boxes, "CHUNK", 3)
            patch.setattr(boxes, "send", send)
            ran = site.push()
        assert ran.code == 1
        assert "does the server run?" in ran.err
        assert len(ran.err.splitlines()) == 1
        assert "curate label serve" in site.push().err
        live.server.start(environment, host="127.0.0.1", port=int(live.url.rpartition(":")[2]))
        assert site.pushed()["tasks_new"] == 4
        assert site.tasks() == site.wanted


def _wait_for(process: "subprocess.Popen[Any]", site: Site, tasks: int) -> None:
    """Until the server has so many tasks, or the push has ended."""
    wait_until(lambda: process.poll() is not None or _count(site) >= tasks)


def _start(root: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", SMALL_CHUNKS, "label", "push", "-C", str(root)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})


def _count(site: Site) -> int:
    return sum(it.task_number for it in site.projects())
