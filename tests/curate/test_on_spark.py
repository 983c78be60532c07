"""Whole builds on Spark, by the command line: the bytes of a build by DuckDB."""

import json
import shutil
import signal
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.generate import Size, generate
from curate.on_spark import OnSpark
from curate.predicate_kernel import filter_kernel
from curate.workspace import Workspace
from schemas.errors import ConfigError
from tests.support.cli import curate
from tests.support.packing import pack
from tests.support.spark import QUICK, SPARK, expect_spark_here
from tests.support.spark_builds import (
    LONG,
    TABLES,
    files_of,
    manifest_of,
    spark_build,
    written,
)
from tests.support.spark_cluster import settings
from tests.support.waiting import until
from tests.support.workspaces import Bench

pytestmark = SPARK

FILTERED = """
[[filter]]
name = "short"
level = "candidate"
drop_when = "characters < 12"

[[filter]]
name = "asks-for-a-chart"
level = "prompt"
drop_when = "question ilike '%chart%' and hash(prompt_id) % 2 = 0"

[[filter]]
name = "by-a-hair"
level = "pair"
drop_when = "pair_id < '4' and margin_raw is not null"
"""

FILTERS = ("short", "asks-for-a-chart", "by-a-hair")


@pytest.fixture(autouse=True, scope="module")
def _there() -> None:
    expect_spark_here()


def _same_as_before(workspace: Path, *options: str) -> None:
    """Build on Spark over a build by DuckDB, and find the same."""
    ran = curate("build", "-C", str(workspace))
    assert ran.code == 0, ran.err
    folder = (workspace / "builds" / "latest").resolve()
    files, manifest = files_of(folder), manifest_of(folder)
    process = spark_build(workspace, "--engine", "spark", *options)
    _out, err = process.communicate()
    assert process.returncode == 0, err
    assert json.loads((folder / "manifest.json").read_text())["engine"] == "spark"
    for name in TABLES:
        assert files_of(folder)[name] == files[name], name
    assert manifest_of(folder) == manifest


def test_twenty_thousand_prompts_have_the_same_pairs(tmp_path: Path) -> None:
    generate(tmp_path / "set", Size(20_000, seed=9, judge_only=0.3))
    _same_as_before(tmp_path / "set" / "sealed", "--spark-master", "local[2]")


def test_pictures_and_filters_are_seen_alike(demo_copy: Path) -> None:
    with (demo_copy / "curate.toml").open("a") as file:
        file.write(FILTERED)
    assert pack(demo_copy / "media", every=2)
    before = curate("build", "-C", str(demo_copy))
    assert before.code == 0, before.err
    shutil.rmtree(demo_copy / ".cache")
    _same_as_before(demo_copy, "--spark-master", "local[2]", *settings(QUICK))
    assert not (demo_copy / ".staging").exists()
    dropped = Workspace.open(demo_copy).frame("dropped")
    assert {f"filter:{name}" for name in FILTERS} <= set(dropped["reason"])


def test_a_filter_that_looks_at_other_rows_is_refused(demo_copy: Path) -> None:
    asks = "margin_raw < (select avg(margin_raw) from pair_rows)"
    with (demo_copy / "curate.toml").open("a") as file:
        file.write(f'[[filter]]\nname = "below"\nlevel = "pair"\ndrop_when = "{asks}"\n')
    rules = Workspace.open(demo_copy).settings.config.filter
    with pytest.raises(ConfigError, match="'below': on Spark a subquery would see a part"):
        filter_kernel(rules, "pair")


def test_a_build_that_is_killed_is_no_build_and_the_next_is_whole(built: Bench) -> None:
    folder = (built.root / "builds" / "latest").resolve()
    files = files_of(folder)
    shutil.rmtree(built.root / "builds")
    (built.root / "builds").mkdir()
    options = ["--engine", "spark", "--spark-master", "local[2]", *settings(QUICK)]
    process = spark_build(built.root, *options)
    until(lambda: process.poll() is not None or written(built.root) >= 30, LONG)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert Workspace.open(built.root).latest_build() is None
    assert (built.root / ".staging").exists()
    again = spark_build(built.root, *options)
    _out, err = again.communicate()
    assert again.returncode == 0, err
    assert files_of(folder) == files
    assert not (built.root / ".staging").exists()
    assert not list((built.root / "builds").glob(".staging*"))


class Shelf:
    """A folder of a cluster that takes so many files and then no more."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.files: list[str] = []

    def drop(self, part: str) -> None:
        self.files = [name for name in self.files if not name.startswith(part)]

    def put(self, _file: Path, part: str) -> None:
        if len(self.files) == self.room:
            raise OSError("no room")
        self.files.append(part)


@pytest.mark.parametrize("room", range(7))
def test_until_its_manifest_is_there_a_published_folder_is_no_build(
    built: Bench, tmp_path: Path, room: int
) -> None:
    shelf = Shelf(room)
    shelf.files = ["builds/id/manifest.json"]
    places: Any = SimpleNamespace(copies=True, home=shelf)
    engine: Any = None
    site = OnSpark(Workspace.open(built.root), tmp_path, engine, places)
    folder = (built.root / "builds" / "latest").resolve()
    with nullcontext() if room > len(TABLES) else pytest.raises(OSError, match="no room"):
        site.publish(folder, "id")
    assert ("builds/id/manifest.json" in shelf.files) == (room > len(TABLES))
    assert len(shelf.files) == min(room, len(TABLES) + 1)
