"""The campaigns: each spoils a workspace's way in one manner at a moment of chance, then mends it.

A campaign raises AssertionError where something was lost, doubled or let in, and gives what it did
in a few words. What a campaign cannot do here (it may not mount, say) it says with `CannotError`.
"""

import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from tests.chaos import world
from tests.chaos.clock import NoLibraryError, jumping
from tests.chaos.network import network

Facts = Mapping[str, Any]
Campaign = Callable[[Path, Random, Facts], str]
STAGE_S = 3.0
"""About as long as a stage of the sample takes: moments are drawn within it."""


class CannotError(Exception):
    """This machine does not let the campaign do what it does."""


def kills(folder: Path, chance: Random, wanted: Facts) -> str:
    """Stages are killed, or interrupted, up to three times each."""
    root = world.fresh(folder / "workspace")
    done: Counter[str] = Counter()
    for stage in world.STAGES:
        for _ in range(chance.randrange(1, 4)):
            stop = chance.choice((signal.SIGKILL, signal.SIGINT, signal.SIGTERM))
            process = world.start(root, stage)
            world.let_run(process, chance.uniform(0, STAGE_S))
            process.send_signal(stop)
            process.communicate(timeout=world.LONGEST_S)
            done[stop.name] += 1
    _whole(root, wanted)
    return ", ".join(f"{count} {name}" for name, count in sorted(done.items()))


def full_disk(folder: Path, chance: Random, wanted: Facts) -> str:
    """A disk too small for the whole way, given room once a stage has failed on it."""
    size = chance.randrange(500, 9_000)
    with _disk(folder / "disk", f"size={size}k") as disk:
        root, failed = disk / "workspace", []
        try:
            world.fresh(root)
        except OSError:
            _mount("-o", "remount,size=400m", str(disk))
            shutil.rmtree(root)
            world.fresh(root)
        for stage in world.STAGES:
            ran = world.run(root, stage)
            if ran.code:
                assert "no room left" in ran.err, ran
                failed.append(stage[0])
                break
        _mount("-o", "remount,size=400m", str(disk))
        _whole(root, wanted)
    return f"{size} kB: {failed[0] if failed else 'nothing'} stopped"


def read_only(folder: Path, chance: Random, wanted: Facts) -> str:
    """The disk turns read-only before a stage or in its middle."""
    with _disk(folder / "disk", "size=400m") as disk:
        root = world.fresh(disk / "workspace")
        place = chance.randrange(len(world.STAGES))
        for stage in world.STAGES[:place]:
            world.run(root, stage)
        _mount("-o", "remount,ro", str(disk))
        ran = world.run(root, world.STAGES[place])
        assert ran.code == 1, ran
        _mount("-o", "remount,rw", str(disk))
        _whole(root, wanted)
    return f"{world.STAGES[place][0]} stopped"


def together(folder: Path, chance: Random, wanted: Facts) -> str:
    """Several processes at once on one workspace, twice the same stage among them."""
    root = world.fresh(folder / "workspace")
    refused = 0
    for round_no in range(3):
        known = world.STAGES[: round_no + 2]
        stages = [chance.choice(known) for _ in range(2)]
        processes = [world.start(root, stage) for stage in (*stages, stages[0])]
        refused += sum(bool(world.checked(world.ended(one)).code) for one in processes)
    _whole(root, wanted)
    return f"9 processes, {refused} refused"


def copied(folder: Path, chance: Random, wanted: Facts) -> str:
    """A workspace copied in the middle of a stage; the copy and the original both go on."""
    root, copy = world.fresh(folder / "workspace"), folder / "copy"
    place = chance.randrange(len(world.STAGES))
    for stage in world.STAGES[:place]:
        world.run(root, stage)
    process = world.start(root, world.STAGES[place])
    world.let_run(process, chance.uniform(0, STAGE_S))
    subprocess.run(["cp", "-a", str(root), str(copy)], check=False, capture_output=True)
    assert world.checked(world.ended(process)).code == 0
    for one in (root, copy):
        _whole(one, wanted)
    return f"in {world.STAGES[place][0]}"


def memory(folder: Path, chance: Random, wanted: Facts) -> str:
    """A build and an export that may have little memory."""
    root = world.fresh(folder / "workspace")
    world.finish(root, world.STAGES[:2])
    given = {"PAIRWRIGHT_MEMORY_MB": str(chance.choice((8, 16, 32, 64, 128)))}
    stopped = [stage[0] for stage in world.LATER if world.run(root, stage, given).code]
    _whole(root, wanted)
    return f"{given['PAIRWRIGHT_MEMORY_MB']} MB: {', '.join(stopped) or 'nothing'} stopped"


def clock(folder: Path, chance: Random, wanted: Facts) -> str:
    """A clock that jumps by hours, back and forth, within each stage."""
    root = world.fresh(folder / "workspace")
    try:
        with jumping(folder / "clock", chance) as environment:
            for stage in world.STAGES:
                assert world.run(root, stage, environment).code == 0
    except NoLibraryError as error:
        raise CannotError(str(error)) from error
    _whole(root, wanted)
    return "by up to two days, five times a second"


def _whole(root: Path, wanted: Facts) -> None:
    """Run again, all stages leave what they leave where nothing happened, and no half."""
    world.finish(root)
    found = world.facts(root)
    for name, value in wanted.items():
        assert found[name] == value, f"{name} differ in {root}"
    assert max(found["votes"].values()) == 1, "a vote is journaled twice"
    assert not world.halves(root), world.halves(root)


@contextmanager
def _disk(place: Path, options: str) -> Iterator[Path]:
    """A small file system of its own."""
    if os.geteuid():
        raise CannotError("only root may mount a file system")
    place.mkdir()
    _mount("-t", "tmpfs", "-o", options, "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotError(done.stderr.strip())


CAMPAIGNS: Mapping[str, Campaign] = {
    "kills": kills,
    "full-disk": full_disk,
    "read-only": read_only,
    "together": together,
    "copied": copied,
    "memory": memory,
    "clock": clock,
    "network": network,
}
