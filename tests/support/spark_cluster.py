"""A real Spark cluster of this machine: one master and one worker, each a process of its own."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.spark import QUICK
from tests.support.waiting import until

DEPLOY = "org.apache.spark.deploy"
EXECUTOR = b"CoarseGrainedExecutorBackend"


@dataclass(frozen=True, slots=True)
class SparkCluster:
    """The master's URL, and what a driver on loopback sets."""

    master: str

    @property
    def options(self) -> list[str]:
        """Options of `curate build`."""
        return ["--engine", "spark", "--spark-master", self.master, *settings(ON_LOOPBACK)]

    def executors(self) -> list[int]:
        """The processes of its executors."""
        found = []
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = process.read_bytes()
            except OSError:
                continue
            if EXECUTOR in line and b"/bin/bash" not in line:
                found.append(int(process.parent.name))
        return found

    def kill_executor(self) -> None:
        """Kill one executor as a lost machine would."""
        os.kill(self.executors()[0], signal.SIGKILL)


ON_LOOPBACK = {
    **QUICK,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.executor.extraJavaOptions": QUICK["spark.driver.extraJavaOptions"],
}


def settings(conf: dict[str, str]) -> list[str]:
    """Settings as options."""
    return [part for name, value in conf.items() for part in ("--spark-conf", f"{name}={value}")]


@contextmanager
def spark_cluster(folder: Path, workers: int = 1) -> Iterator[SparkCluster]:
    """A cluster that is gone afterwards; with no worker it never gives an executor."""
    port = _free_port()
    master = f"spark://127.0.0.1:{port}"
    calls: list[Sequence[str]] = [
        (f"{DEPLOY}.master.Master", "--host", "127.0.0.1", "--port", str(port)),
    ]
    calls += [
        (f"{DEPLOY}.worker.Worker", master, "--host", "127.0.0.1", "--cores", "2", "--memory", "2g")
        for _worker in range(workers)
    ]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for number, call in enumerate(calls):
            processes.append(_started(call, folder / str(number)))
            _wait_for(port)
        yield SparkCluster(master)
    finally:
        for process in reversed(processes):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _started(call: Sequence[str], folder: Path) -> "subprocess.Popen[bytes]":
    import pyspark

    folder.mkdir(parents=True)
    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOG_DIR": str(folder),
        "SPARK_WORKER_DIR": str(folder / "work"),
    }
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), *call, "--webui-port", "0"],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _wait_for(port: int) -> None:
    def answers() -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", port)) == 0

    until(answers)
