"""Whole builds on Spark, by the command line: the bytes of a build by DuckDB."""

import json
import shutil
import signal
import subprocess
import sys
import venv
from contextlib import nullcontext
from functools import partial
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
from tests.support.spark_cluster import SparkCluster, settings, spark_cluster
from tests.support.waiting import until
from tests.support.workspaces import Bench

pytestmark = SPARK

LONG = 600.0
"""Seconds that a busy machine may take until a build has written something."""

TABLES = ("pairs", "ties", "scores", "splits", "dropped")
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


def _files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def _manifest(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "manifest.json").read_text())
    return {name: value for name, value in found.items() if name not in ("engine", "at")}


def _spark_build(workspace: Path, *options: str, **given: Any) -> "subprocess.Popen[str]":
    call = [sys.executable, "-m", "curate", "build", "--force", "--json", "-C", str(workspace)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*call, *options], **pipes, **given)


def _same_as_before(workspace: Path, *options: str) -> None:
    """Build on Spark over a build by DuckDB, and find the same."""
    ran = curate("build", "-C", str(workspace))
    assert ran.code == 0, ran.err
    folder = (workspace / "builds" / "latest").resolve()
    files, manifest = _files(folder), _manifest(folder)
    process = _spark_build(workspace, "--engine", "spark", *options)
    _out, err = process.communicate()
    assert process.returncode == 0, err
    assert json.loads((folder / "manifest.json").read_text())["engine"] == "spark"
    for name in TABLES:
        assert _files(folder)[name] == files[name], name
    assert _manifest(folder) == manifest


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
    files = _files(folder)
    shutil.rmtree(built.root / "builds")
    (built.root / "builds").mkdir()
    options = ["--engine", "spark", "--spark-master", "local[2]", *settings(QUICK)]
    process = _spark_build(built.root, *options)
    until(lambda: process.poll() is not None or _written(built.root) >= 30, LONG)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert Workspace.open(built.root).latest_build() is None
    assert (built.root / ".staging").exists()
    again = _spark_build(built.root, *options)
    _out, err = again.communicate()
    assert again.returncode == 0, err
    assert _files(folder) == files
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


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with spark_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


def test_a_lost_executor_changes_no_row(
    cluster: SparkCluster, demo_copy: Path, tmp_path: Path
) -> None:
    ran = curate("build", "-C", str(demo_copy), "--force")
    assert ran.code == 0, ran.err
    folder = (demo_copy / "builds" / "latest").resolve()
    files, manifest = _files(folder), _manifest(folder)
    shared = tmp_path / "shared"
    python = settings({"spark.pyspark.python": sys.executable})
    process = _spark_build(demo_copy, *cluster.options, *python, "--spark-dir", shared.as_uri())
    killed = _kill_when_busy(cluster, shared, process)
    _out, err = process.communicate()
    assert process.returncode == 0, err
    assert killed == 2
    assert _files(folder) == files
    assert _manifest(folder) == manifest
    published = shared / "builds" / folder.name
    assert _files(published) == files
    assert (published / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()
    assert not (shared / ".staging").exists()


def _written(home: Path) -> int:
    """How many tables a build wrote so far."""
    return max((int(path.name) for path in home.glob(".staging/*/[0-9]*")), default=0)


def _kill_when_busy(cluster: SparkCluster, shared: Path, process: "subprocess.Popen[str]") -> int:
    """Kill an executor after the 20th and after the 60th table that a build wrote."""
    killed = 0
    for written in (20, 60):
        until(partial(_busy_or_over, process, cluster, shared, written), LONG)
        if process.poll() is None:
            cluster.kill_executor()
            killed += 1
    return killed


def _busy_or_over(
    process: "subprocess.Popen[str]", cluster: SparkCluster, shared: Path, written: int
) -> bool:
    """Whether more tables are written and there is an executor to kill, or the build has ended."""
    busy = _written(shared) > written and bool(cluster.executors())
    return busy or process.poll() is not None


def test_executors_without_the_packages_say_so(
    cluster: SparkCluster, demo_copy: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    for table in (demo_copy / "pulls").glob("*/prompts.parquet"):
        table.write_bytes(b"no Parquet")
    python = settings({"spark.pyspark.python": str(tmp_path / "bare" / "bin" / "python")})
    process = _spark_build(demo_copy, *cluster.options, *python)
    _out, err = process.communicate()
    assert process.returncode == 1
    assert "has no numpy, pyarrow, duckdb" in err
    assert "pip install 'pairwright[spark]'" in err
    assert "prompts" not in err


def test_a_cluster_without_workers_is_not_waited_for_for_good(
    demo_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRWRIGHT_SPARK_WAIT", "2")
    with spark_cluster(tmp_path / "empty", workers=0) as empty:
        process = _spark_build(demo_copy, *empty.options)
        _out, err = process.communicate()
    assert process.returncode == 1
    assert "no executor came within 2 s" in err
