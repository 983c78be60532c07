"""A cluster that is not there says so before anything is read."""

import socket
from pathlib import Path

import pytest

pytest.importorskip("sqlglot")

from curate.engines.spark import needed
from curate.engines.spark.needed import expect_spark
from curate.engines.spark.session import check_cluster, longest_wait
from schemas.errors import BuildError, ConfigError, MissingExtraError
from tests.support.cli import curate


def _closed_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def test_a_cluster_that_does_not_answer_is_named() -> None:
    port = _closed_port()
    with pytest.raises(BuildError, match=rf"nothing answers at 127.0.0.1:{port} .*; start the"):
        check_cluster(f"spark://127.0.0.1:{port}", {})


def test_one_master_of_several_is_enough() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        check_cluster(f"spark://127.0.0.1:{_closed_port()},127.0.0.1:{port}", {})


def test_an_address_without_a_port_is_none() -> None:
    with pytest.raises(BuildError, match="'master' is no host:port"):
        check_cluster("spark://master", {})


def test_what_the_rows_depend_on_is_not_the_users_to_set() -> None:
    with pytest.raises(ConfigError, match=r"timeZone: a build sets it to 'UTC'; leave it out"):
        check_cluster("local[2]", {"spark.sql.session.timeZone": "CET"})


def test_without_the_libraries_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needed, "LIBRARIES", ("pyspork",))
    with pytest.raises(MissingExtraError, match=r"pip install 'pairwright\[spark\]'"):
        expect_spark()


@pytest.mark.parametrize("home", [None, "/nowhere"])
def test_without_java_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: str | None
) -> None:
    monkeypatch.setattr(needed, "LIBRARIES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if home:
        monkeypatch.setenv("JAVA_HOME", home)
    with pytest.raises(BuildError, match="openjdk-17-jre-headless"):
        expect_spark()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--spark-master", "local"], "add --engine spark"),
        (["--spark-dir", "s3a://b/c"], "add --engine spark"),
        (["--engine", "spark", "--spark-conf", "spark.x"], "'spark.x' is no NAME=VALUE"),
        (["--engine", "spark", "--spark-conf", "=1"], "'=1' is no NAME=VALUE"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    monkeypatch.setattr("curate.engines.spark.needed.expect_spark", lambda: None)
    ran = curate("build", "-C", str(demo_copy), *options)
    assert ran.code == 2
    assert message in ran.err


def test_nothing_is_read_before_the_cluster_answers(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.engines.spark.needed.expect_spark", lambda: None)
    for table in (demo_copy / "pulls").glob("*/prompts.parquet"):
        table.write_bytes(b"no Parquet")
    master = f"spark://127.0.0.1:{_closed_port()}"
    options = ["--force", "--engine", "spark", "--spark-master", master]
    ran = curate("build", "-C", str(demo_copy), *options)
    assert ran.code == 1
    assert "nothing answers at" in ran.err
    assert "prompts" not in ran.err


@pytest.mark.parametrize("wait", ["soon", "", "-1", "1.5"])
def test_a_wait_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch, wait: str) -> None:
    monkeypatch.setenv("PAIRWRIGHT_SPARK_WAIT", wait)
    with pytest.raises(ConfigError, match="give whole seconds"):
        longest_wait()
