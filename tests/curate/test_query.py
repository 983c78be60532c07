from collections.abc import Iterator
from pathlib import Path

import pytest

from curate.query import run
from curate.workspace import TABLE_NAMES, Workspace
from schemas.errors import UsageError
from tests.support.cli import curate, process
from tests.support.workspaces import Bench

WRITES = [
    "create table x as select 1",
    "create view x as select 1",
    "create or replace macro x() as 1",
    "insert into pairs select * from pairs",
    "update pairs set split = 'test'",
    "delete from pairs",
    "drop view pairs",
    "alter view pairs rename to x",
    "truncate pairs",
    "copy pairs to 'out.parquet'",
    "copy (select 1) to '{folder}/out.csv'",
    "copy (select 1) to '/dev/stdout'",
    "export database 'out'",
    "import database 'out'",
    "attach 'other.duckdb'",
    "attach ':memory:' as other",
    "detach memory",
    "use memory",
    "install httpfs",
    "load httpfs",
    "pragma database_list",
    "pragma enable_profiling",
    "set threads = 1",
    "set enable_external_access = true",
    "reset all",
    "call pragma_version()",
    "checkpoint",
    "vacuum",
    "begin",
    "explain analyze select 1",
    "prepare x as select 1",
    "create secret (type s3)",
    "select 1; select 2",
    "select 1; drop view pairs",
    "with gone as (delete from pairs returning *) select * from gone",
    "with new as (insert into pairs select * from pairs returning *) select * from new",
    "from query('copy pairs to ''out.parquet''')",
    "from enable_logging()",
    "from force_checkpoint()",
    "",
    ";",
    "-- nothing",
    "selec 1",
    "select '",
]
READS = [
    "from '{folder}/secret.csv'",
    "from read_csv('{folder}/secret.csv')",
    "from read_csv_auto('{folder}/secret.csv')",
    "from read_text('{folder}/secret.csv')",
    "from read_blob('{folder}/*')",
    "from read_json('{folder}/secret.csv')",
    "from read_parquet('{folder}/*.parquet')",
    "from parquet_metadata('{folder}/x.parquet')",
    "from sniff_csv('{folder}/secret.csv')",
    "from glob('{folder}/*')",
    "from read_text('curate.toml')",
    "from read_text('/proc/self/environ')",
    "from read_text('https://example.org/')",
    "from duckdb_secrets()",
    "select getenv('HOME')",
    "select getvariable('x') from read_text('/etc/passwd')",
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A small built workspace beside a file that no query may see."""
    folder = tmp_path_factory.mktemp("query")
    (folder / "secret.csv").write_text("secret\nhidden\n", "utf-8")
    bench = Bench(folder / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3})
    bench.build()
    return Workspace.open(bench.root)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder with its bytes, folders and links by name."""
    for path in sorted(folder.rglob("*")):
        yield str(path), path.read_bytes() if path.is_file() else b""


@pytest.mark.parametrize("query", WRITES)
def test_nothing_but_one_select_runs_and_nothing_is_written(
    query: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace.root.parent
    monkeypatch.chdir(folder)
    before = list(contents(folder))
    with pytest.raises(UsageError):
        run(workspace, query.format(folder=folder), 10)
    assert list(contents(folder)) == before


@pytest.mark.parametrize("query", READS)
def test_nothing_but_the_tables_is_read(
    query: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace.root.parent
    monkeypatch.chdir(folder)
    with pytest.raises(UsageError, match="the query failed"):
        run(workspace, query.format(folder=folder), 10)


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_every_table_is_there(name: str, workspace: Workspace) -> None:
    expected = list(workspace.frame(name).columns)
    assert list(run(workspace, f"select * from {name}", 10).columns) == expected


def test_rows_are_counted_up_to_the_limit(workspace: Workspace) -> None:
    answer = run(workspace, "from range(5)", 3)
    assert ([list(row) for row in answer.rows], answer.more) == ([[0], [1], [2]], True)
    assert not run(workspace, "from range(3)", 3).more


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("select 2::decimal(18, 6) / 4", 0.5),
        ("select 12345678901234567890123::hugeint", 12345678901234567890123),
        ("select timestamptz '2026-01-02 03:04:05+00'", "2026-01-02T03:04:05+00:00"),
        ("select 'nan'::double", "nan"),
        ("select map {'a': 1}", {"a": 1}),
        ("select map {[1]: 2}", [[[1], 2]]),
        ("select '\\x00\\xFF'::blob", "00ff"),
        ("select null", None),
        ("select chr(27) || '[2J'", "\x1b[2J"),
    ],
)
def test_a_value_of_any_type_comes_out_as_json(
    query: str, value: object, workspace: Workspace
) -> None:
    ran = curate("sql", query, "-C", workspace.root, "--json")
    assert ran.json["rows"] == [[value]]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select nope from pairs", "nope"),
        ("select error('mine')", "mine"),
        ("select 'a'::int", "Could not convert string 'a'"),
        ("from pears", "pears"),
        ("delete from pairs", "DELETE statements are refused; curate sql only reads"),
        ("select 1; select 2", "2 statements given; give exactly one SELECT"),
    ],
)
def test_a_failing_query_is_one_line_and_exits_with_2(
    query: str, said: str, workspace: Workspace
) -> None:
    ran = curate("sql", query, "-C", workspace.root)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_no_rows_is_said(workspace: Workspace) -> None:
    assert "(no rows)" in curate("sql", "from pairs where false", "-C", workspace.root).out


def test_what_the_limit_hides_is_said(workspace: Workspace) -> None:
    ran = curate("sql", "from range(5)", "--limit", "2", "-C", workspace.root)
    assert "(the first 2 rows; --limit shows more)" in ran.out


def test_a_large_query_leaves_nothing_where_it_was_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    ran = process(
        *("sql", "select count(*) from (select md5(range::varchar) from range(300000) order by 1)"),
        *("-C", workspace.root),
        cwd=tmp_path,
    )
    assert ran.code == 0
    assert list(tmp_path.iterdir()) == []
