"""SQL of users reads the tables it is shown and nothing else, and changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.sandbox import one_select, sandbox
from schemas.errors import UsageError, WorkspaceError

SHOWN, HIDDEN = "shown.parquet", "hidden.parquet"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (SHOWN, HIDDEN):
        pq.write_table(pa.table({"word": [name]}), tmp_path / name)
    return tmp_path


@pytest.fixture
def connection(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    shown = folder / SHOWN
    with sandbox({"shown": f"select * from read_parquet('{shown}')"}, [shown]) as connection:
        yield connection


def test_the_view_is_read(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute("select word from shown").fetchall() == [(SHOWN,)]


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_parquet('{folder}/hidden.parquet')",
        "select * from '{folder}/hidden.parquet'",
        "select * from read_parquet('{folder}/*.parquet')",
        "select * from read_text('{folder}/hidden.parquet')",
        "select * from read_csv('/etc/passwd')",
        "select * from glob('{folder}/*')",
        "select * from parquet_metadata('{folder}/hidden.parquet')",
        "copy (select 1) to '{folder}/out.csv'",
        "copy shown to '{folder}/out.parquet'",
        "attach '{folder}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "export database '{folder}/out'",
        "set enable_external_access = true",
        "set allowed_paths = ['/']",
        "reset lock_configuration",
        "select getenv('HOME')",
    ],
)
def test_anything_else_is_refused(
    connection: duckdb.DuckDBPyConnection, folder: Path, query: str
) -> None:
    with pytest.raises(duckdb.Error):
        connection.execute(query.format(folder=folder)).fetchall()
    assert sorted(path.name for path in folder.iterdir()) == [HIDDEN, SHOWN]


def test_variables_of_this_process_are_no_tables(connection: duckdb.DuckDBPyConnection) -> None:
    secret = pa.table({"key": ["hidden"]})
    with pytest.raises(duckdb.Error, match="does not exist"):
        connection.execute("select * from secret")
    assert secret.num_rows == 1


def test_a_file_that_is_no_table_is_named(folder: Path) -> None:
    (folder / SHOWN).write_bytes(b"torn")
    query = f"select * from read_parquet('{folder / SHOWN}')"
    with pytest.raises(WorkspaceError, match=SHOWN), sandbox({"shown": query}, [folder / SHOWN]):
        pytest.fail("the sandbox opened")


def test_one_select_is_given_back(connection: duckdb.DuckDBPyConnection) -> None:
    query = one_select(connection, "select word from shown; ")
    assert connection.execute(query).fetchall() == [(SHOWN,)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select 1; select 2", "2 statements"),
        ("", "0 statements"),
        ("-- nothing", "0 statements"),
        ("create table x as select 1", "CREATE"),
        ("drop view shown", "DROP"),
        ("copy shown to 'x.csv'", "COPY"),
        ("attach 'x.duckdb'", "ATTACH"),
        ("insert into shown values ('x')", "INSERT"),
        ("set threads = 1", "SET"),
        ("selec 1", "no valid SQL"),
        ("select '\udcff'", "no valid SQL: it holds a character that no text has"),
    ],
)
def test_what_is_no_single_select_is_refused_with_its_kind(
    connection: duckdb.DuckDBPyConnection, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        one_select(connection, text)
