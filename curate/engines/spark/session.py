"""A Spark session that is known to work before a build reads anything.

What is looked at in this order: the master's address, that executors come, and that their Python
has what the kernels need.
"""

import os
import socket
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from curate.engines.spark.faults import first_line
from curate.engines.spark.packages import missing_packages, shipped
from schemas.errors import BuildError, ConfigError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local"
STANDALONE = "spark://"
SECONDS_TO_CONNECT = 5.0
SECONDS_FOR_EXECUTORS = 60
"""How long a cluster may take to give the first executor; PAIRWRIGHT_SPARK_WAIT says otherwise."""

ALWAYS = {
    "spark.app.name": "pairwright",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}
"""What the rows depend on, and what no --spark-conf changes."""

USUAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.parquet.compression.codec": "snappy",
    "spark.sql.adaptive.enabled": "true",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "true",
}
PYTHON = "spark.pyspark.python"
"""The executors' Python, which pyspark takes from the environment only."""

JAVA_OPTIONS = "spark.driver.extraJavaOptions"
ON_THIS_MACHINE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
}


@contextmanager
def spark_session(
    master: str, conf: Mapping[str, str], scratch: Path, needed: Sequence[str] = ()
) -> "Iterator[SparkSession]":
    """A session of `master` for as long as the block runs; `scratch` holds what is shipped.

    `needed` are packages that executors must have beside those of every build.

    Raises BuildError where there is no cluster, no executor, or no package on an executor.
    """
    session = _started(master, conf)
    try:
        _wait_for_executors(session, master)
        if not _is_local(master):
            session.sparkContext.addPyFile(str(shipped(scratch)))
        missing = missing_packages(session, needed)
        if missing:
            raise BuildError(
                f"--spark-master {master}: {missing}",
                "install them into the executors' Python, e.g. pip install 'pairwright[spark]', or "
                "ship an environment with --spark-conf spark.archives=...",
            )
        yield session
    finally:
        session.stop()


def check_cluster(master: str, conf: Mapping[str, str]) -> None:
    """What can be known of a cluster before a session.

    Raises ConfigError for a setting that the rows depend on, BuildError where nobody answers.
    """
    _knock(master)
    for name in sorted(set(conf) & set(ALWAYS)):
        raise ConfigError(
            f"--spark-conf {name}: a build sets it to {ALWAYS[name]!r}", "leave it out"
        )


def _knock(master: str) -> None:
    """Spark itself tries an address for a minute and then says little."""
    if not master.startswith(STANDALONE):
        return
    hosts = master.removeprefix(STANDALONE).split(",")
    problems = [problem for host in hosts if (problem := _unreachable(host)) is not None]
    if len(problems) == len(hosts):
        raise BuildError(
            f"--spark-master {master}: {problems[0]}", "start the cluster or name another"
        )


def _unreachable(address: str) -> str | None:
    host, _, port = address.rpartition(":")
    if not port.isdecimal():
        return f"{address!r} is no host:port"
    try:
        socket.create_connection((host.strip("[]"), int(port)), SECONDS_TO_CONNECT).close()
    except OSError as error:
        return f"nothing answers at {address} ({error})"
    return None


def _is_local(master: str) -> bool:
    return master == LOCAL or master.startswith(f"{LOCAL}[")


def _started(master: str, conf: Mapping[str, str]) -> "SparkSession":
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    settings = dict(USUAL)
    if PYTHON in conf:
        os.environ["PYSPARK_PYTHON"] = conf[PYTHON]
    if _is_local(master):
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings |= {**ON_THIS_MACHINE, "spark.sql.shuffle.partitions": str(os.cpu_count() or 1)}
    settings |= {**conf, **ALWAYS, JAVA_OPTIONS: f"{_quiet()} {conf.get(JAVA_OPTIONS, '')}".strip()}
    builder = SparkSession.builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError, ValueError, RuntimeError) as error:
        raise BuildError(
            f"--spark-master {master}: {first_line(error)}", "see --debug, and the cluster's log"
        ) from error


def _quiet() -> str:
    """Spark's logger says nothing but what ends a build, which is said anyway."""
    place = resources.files("curate.engines.spark") / "log4j2.properties"
    return f"-Dlog4j2.configurationFile={Path(str(place)).absolute().as_uri()}"


def _wait_for_executors(session: "SparkSession", master: str) -> None:
    """Spark would wait for them for good. The driver counts as the first of a list."""
    if _is_local(master):
        return
    longest = longest_wait()
    end = monotonic() + longest
    # What pyspark's own tracker leaves out.
    status = session.sparkContext._jsc.sc().statusTracker()  # noqa: SLF001
    while len(status.getExecutorInfos()) < 2:
        if monotonic() > end:
            raise BuildError(
                f"--spark-master {master}: no executor came within {longest:.0f} s",
                "start workers, ask for less with --spark-conf spark.executor.memory=..., or wait "
                "longer with PAIRWRIGHT_SPARK_WAIT",
            )
        sleep(0.2)  # between two looks: Spark tells Python nothing when an executor comes


def longest_wait() -> float:
    """Seconds that the first executor may take. Raises ConfigError for what is no number."""
    text = os.environ.get("PAIRWRIGHT_SPARK_WAIT", str(SECONDS_FOR_EXECUTORS))
    if not text.isdecimal():
        raise ConfigError(f"PAIRWRIGHT_SPARK_WAIT = {text!r}", "give whole seconds, e.g. 120")
    return float(text)
