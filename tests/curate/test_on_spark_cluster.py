"""Builds on a Spark cluster of this machine: executors that go, lack packages, or never come."""

import subprocess
import sys
import venv
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import curate
from tests.support.spark import SPARK, expect_spark_here
from tests.support.spark_builds import LONG, files_of, manifest_of, spark_build, written
from tests.support.spark_cluster import SparkCluster, settings, spark_cluster
from tests.support.waiting import until

pytestmark = SPARK


@pytest.fixture(autouse=True, scope="module")
def _there() -> None:
    expect_spark_here()


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
    files, manifest = files_of(folder), manifest_of(folder)
    shared = tmp_path / "shared"
    python = settings({"spark.pyspark.python": sys.executable})
    process = spark_build(demo_copy, *cluster.options, *python, "--spark-dir", shared.as_uri())
    killed = _kill_when_busy(cluster, shared, process)
    _out, err = process.communicate()
    assert process.returncode == 0, err
    assert killed == 2
    assert files_of(folder) == files
    assert manifest_of(folder) == manifest
    published = shared / "builds" / folder.name
    assert files_of(published) == files
    assert (published / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()
    assert not (shared / ".staging").exists()


def _kill_when_busy(cluster: SparkCluster, shared: Path, process: "subprocess.Popen[str]") -> int:
    """Kill an executor after the 20th and after the 60th table that a build wrote."""
    killed = 0
    for tables in (20, 60):
        until(partial(_busy_or_over, process, cluster, shared, tables), LONG)
        if process.poll() is None:
            cluster.kill_executor()
            killed += 1
    return killed


def _busy_or_over(
    process: "subprocess.Popen[str]", cluster: SparkCluster, shared: Path, tables: int
) -> bool:
    """Whether more tables are written and there is an executor to kill, or the build has ended."""
    busy = written(shared) > tables and bool(cluster.executors())
    return busy or process.poll() is not None


def test_executors_without_the_packages_say_so(
    cluster: SparkCluster, demo_copy: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    for table in (demo_copy / "pulls").glob("*/prompts.parquet"):
        table.write_bytes(b"no Parquet")
    python = settings({"spark.pyspark.python": str(tmp_path / "bare" / "bin" / "python")})
    process = spark_build(demo_copy, *cluster.options, *python)
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
        process = spark_build(demo_copy, *empty.options)
        _out, err = process.communicate()
    assert process.returncode == 1
    assert "no executor came within 2 s" in err
