"""The translation of our statements, as text; what it means is held against both engines beside."""

import pytest

pytest.importorskip("sqlglot")

from curate.engines.spark.dialect import numbered, spark_sql, tables_of

FIRST_OF_EACH = (
    "SELECT * EXCEPT (_w) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY a ORDER BY b NULLS LAST)"
    " AS _w FROM t) AS _t WHERE _w = 1"
)
ROUNDED = (
    "SELECT CAST((CAST(ROUND((CAST(a AS DOUBLE)) * 1000000) AS DECIMAL(24, 0)) * 0.000001)"
    " AS DECIMAL(18, 6)) AS x FROM t"
)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("select $a + 1", "SELECT :a + 1"),
        ("select a[1] from t", "SELECT TRY_ELEMENT_AT(a, 1) FROM t"),
        ("select a[n + 1] from t", "SELECT TRY_ELEMENT_AT(a, n + 1) FROM t"),
        ("select m['key'] from t", "SELECT TRY_ELEMENT_AT(m, 'key') FROM t"),
        ("select a[-1].b from t", "SELECT TRY_ELEMENT_AT(a, -1).b FROM t"),
        (
            "select list_transform(a, lambda x, n: x + n) from t",
            "SELECT TRANSFORM(a, (x, n) -> x + (n + 1)) FROM t",
        ),
        (
            "select unnest(a) as x, unnest(b) as y from t",
            "SELECT INLINE(ARRAYS_ZIP(a, b)) AS (x, y) FROM t",
        ),
        ("select unnest(a) as x, k from t", "SELECT EXPLODE(a) AS x, k FROM t"),
        (
            "select a / b from t",
            "SELECT TRY_DIVIDE(CAST(a AS DOUBLE), CAST(b AS DOUBLE)) FROM t",
        ),
        ("select sign(a) from t", "SELECT CAST(SIGN(a) AS TINYINT) FROM t"),
        ("select list_distinct(a) from t", "SELECT ARRAY_COMPACT(ARRAY_DISTINCT(a)) FROM t"),
        ("select strlen(a) from t", "SELECT OCTET_LENGTH(a) FROM t"),
        ("select coalesce(m, map {}) from t", "SELECT COALESCE(m, MAP()) FROM t"),
        ("select a from t order by a", "SELECT a FROM t ORDER BY a NULLS LAST"),
        ("select a from t where b = '\\'", "SELECT a FROM t WHERE b = '\\\\'"),
        (
            "select list_position(a, 'x') from t",
            "SELECT NULLIF(CAST(ARRAY_POSITION(a, 'x') AS INT), 0) FROM t",
        ),
        (
            "select * from t qualify row_number() over (partition by a order by b) = 1",
            FIRST_OF_EACH,
        ),
        ("select null::decimal(18, 6) as x", "SELECT CAST(NULL AS DECIMAL(18, 6)) AS x"),
        (
            "select (a::double)::decimal(18, 6) as x from t",
            ROUNDED,
        ),
    ],
)
def test_a_construct_is_translated(ours: str, theirs: str) -> None:
    assert spark_sql(ours) == theirs


def test_names_a_statement_gives_itself_are_none_that_it_reads() -> None:
    text = "with a as (select * from t), b as (select * from a) select * from b join u using (k)"
    assert tables_of(text) == {"t", "u"}


def test_rows_numbered_over_all_are_sorted_and_numbered_later() -> None:
    found = numbered("select b, (row_number() over (order by a))::integer as n, c[1] as d from t")
    assert found is not None
    assert (found.name, found.kind) == ("n", "INT")
    assert (
        spark_sql(found.text) == "SELECT b, TRY_ELEMENT_AT(c, 1) AS d FROM t ORDER BY a NULLS LAST"
    )


@pytest.mark.parametrize(
    "text",
    [
        "select a from t",
        "select row_number() over (partition by b order by a)::integer as n from t",
        "select (row_number() over (order by a) - 1)::integer as n from t",
        "select row_number() over (order by a)::integer as n from t order by b",
        "select a from t union all select b from u",
    ],
)
def test_other_rows_are_not(text: str) -> None:
    assert numbered(text) is None
