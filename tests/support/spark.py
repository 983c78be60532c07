"""One Spark session of this machine for all tests that need one, quick to start and small."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from curate import parameters
from curate.build import build
from curate.engines.duckdb import DuckDBEngine
from curate.engines.spark.needed import LIBRARIES
from curate.sites import InThisProcess, OpenSite, Site
from curate.workspace import Workspace
from tests.support.needed import missing
from tests.support.pulling import NOW

SPARK = pytest.mark.spark

QUICK = {
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m "
    "-XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "2",
}
"""Compiling costs more than it saves on a few rows."""


def expect_spark_here() -> None:
    """Skip, or fail where all must run, without the libraries or Java."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in LIBRARIES):
        missing("Spark's libraries; make spark-test installs them")
    if shutil.which("java") is None:
        missing("Java; apt-get install openjdk-17-jre-headless")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session of two threads."""
    expect_spark_here()
    from curate.engines.spark.session import spark_session

    with spark_session("local[2]", QUICK, tmp_path_factory.mktemp("spark")) as session:
        yield session


def engine_of(session: Any, folder: Path, values: dict[str, Any] | None = None) -> Any:
    """An engine with its tables below `folder`."""
    from curate.engines.spark.engine import SparkEngine
    from curate.engines.spark.storage import Folder

    scratch = folder / "fetched"
    scratch.mkdir(parents=True)
    tables = Folder(session, (folder / "tables").absolute().as_uri())
    return SparkEngine(session, tables, scratch, values or {}, lambda path: path.as_uri())


def in_lockstep(session: Any, seen: Callable[[Any], None]) -> OpenSite:
    """A site of both engines; `seen` is given the engine that is both."""
    from tests.support.lockstep import Lockstep

    @contextmanager
    def opened(workspace: Workspace, scratch: Path) -> Iterator[Site]:
        duck = DuckDBEngine(scratch, parameters.values(workspace.settings))
        both = Lockstep(duck, engine_of(session, scratch.absolute() / "on-spark"))
        seen(both)
        try:
            yield InThisProcess(workspace, scratch, both)  # type: ignore[arg-type]
        finally:
            duck.close()

    return opened


def rows_compared(session: Any, workspace: Workspace) -> dict[str, dict[str, int]]:
    """Build on both engines side by side: step -> table -> rows that were equal."""
    found: dict[str, dict[str, int]] = {}
    engines: list[Any] = []
    step = ["open"]

    def told(name: str) -> None:
        found.setdefault(step[0], {}).update(engines[0].checked if engines else {})
        if engines:
            engines[0].checked.clear()
        step[0] = name

    site = in_lockstep(session, engines.append)
    build(workspace, now=NOW, force=True, progress=told, site=site)
    told("end")
    return found
