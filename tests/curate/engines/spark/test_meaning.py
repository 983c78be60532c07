"""What a statement means: both engines give the same for the same rows."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from curate.engines.duckdb import DuckDBEngine
from curate.engines.spark.dialect import spark_sql
from curate.sqlfiles import statement
from tests.support.lockstep import Lockstep
from tests.support.spark import SPARK, engine_of

pytestmark = SPARK

SQL = Path(__file__).parents[4] / "curate" / "sql"
OF_A_BUILD = [
    "load",
    "media",
    "validate",
    "near",
    "near_answers",
    "near_pairs",
    "near_prompts",
    "dedupe",
    "boilerplate",
    "prompts",
    "decontaminate",
    "filter",
    "score",
    "pair",
    "weighted",
    "policy",
    "split",
    "trust",
    "bias",
    "length",
    "tokens",
    "reward",
    "write",
    "audit",
    "components",
    "looks",
    "quality",
]
ROWS = pa.table(
    {
        "k": pa.array([1, 2, 3, 4, 5, 6], pa.int64()),
        "n": pa.array([0, -7, 7, None, 3, 2], pa.int64()),
        "x": pa.array([0.5, -2.5, 1e6, None, 1 / 3, 2.5], pa.float64()),
        "d": pa.array([None, "1.5", "-0.25", "3", "2.000001", "0"]).cast(pa.decimal128(18, 6)),
        "s": ["a", "", None, "Zoë\u00a0", "  b", "👩‍🔬🎈"],
        "l": pa.array([[3, 1, 2], [], None, [5], [1, 1, None], [2, 3]], pa.list_(pa.int64())),
        "w": pa.array(
            [["b", "a"], ["x"], None, [], ["a", "a"], ["c", None]], pa.list_(pa.string())
        ),
        "m": pa.array(
            [[("a", 1.0)], [], None, [("b", 2.0), ("a", 0.5)], [("c", 9.0)], [("a", 7.0)]],
            pa.map_(pa.string(), pa.float64()),
        ),
    }
)
EXPRESSIONS = """
l[1]
l[2]
l[9]
l[-1]
l[k::integer]
w[1]
m['a']
m['z']
cardinality(m)
array_length(l)
list_transform(l, lambda one, place: one * place)
list_filter(l, lambda one: one > 1)
list_position(w, 'a')
list_position(w, 'q')
list_contains(w, 'a')
list_sort(list_distinct(w))
list_min(l)
list_reverse(l)
list_sort(list_intersect(l, [1, 2, 5]))
array_to_string(w, ' ')
flatten([l, l])
flatten([[], l])
list_sum(list_filter(l, lambda one: one is not null))
n / 2
n / nullif(n, 0)
n // 2
n % 3
sign(n)
sign(x)
greatest(n, 0)
least(n, null)
round(x)
abs(n)
(x / 3)::decimal(18, 6)
(n::double / 128)::decimal(18, 6)
coalesce(d, 0)
d + d
d::varchar
length(s)
strlen(s)
left(s, 1)
right(s, 1)
substring(s, 2, 3)
substr(s, 2)
md5(s)
md5('7' || s)
contains('abc', s)
starts_with(s, 'a')
string_split(s, 'o')
split_part('a:b:c', ':', 2)
split_part('a', ':', 3)
try_cast(s as double)
trim(s, $outer_space)
s || 'x'
nullif(s, '')
n is null
case when n > 0 then 'up' else s end
coalesce(m, map {})
n between 0 and x
struct_pack(a := n, b := s)
map_from_entries([struct_pack(k := 'a', v := n)])
bit_count(xor(k, 5))
n in (7, 3)
if(n > 0, 1, 2)
lower(s)
""".strip().split("\n")
QUERIES = """
select k, unnest(l) as one, generate_subscripts(l, 1) as place from t

select k, unnest(l) as one, unnest(w) as other from t where l is not null and w is not null

select k, unnest(map_entries(m)) as entry from t

select k from t qualify row_number() over (order by n desc, k) = 1

select *, k % 2 = 0 as even from t qualify row_number() over (partition by k % 2 order by n, k)
= 1

select k % 2 as odd, sum(n) filter (n > 0) as total, count(*) filter (x is null) as n from t
group by all

select list_sort(list(s)) as all_of from t where s is not null

select k, first_value(k) over (order by n, k) as first, lag(k) over (order by k) as before from
t

select median(x) as middle, avg(n) as mean, bool_or(n > 5) as any_of from t

select * exclude (m, l, w), row_number() over (order by s, k) as place from t

select one.k from t as one anti join t as other on other.k = one.k + 1

select t.k, u.n from t left join t as u on u.k = t.n

with a as (select k from t union select n from t) select count(*) as n from a

select t.s, t.k from t semi join (select 3::bigint as k) as u using (k)

select sum(size) over (order by md5('s' || k) rows unbounded preceding) - size / 2.0 as place
from (select k, k * 2 as size from t)
""".strip().split("\n\n")


@pytest.fixture(scope="module")
def both(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Lockstep:
    folder = tmp_path_factory.mktemp("both")
    values = {"outer_space": " \u00a0\t"}
    engine = Lockstep(DuckDBEngine(folder, values), engine_of(spark, folder / "spark", values))
    engine.put("t", ROWS)
    return engine


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_is_the_same(both: Lockstep, expression: str) -> None:
    found = both.compare(f"select k, {expression} as found from t")
    assert len(found) == ROWS.num_rows


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_the_same(both: Lockstep, query: str) -> None:
    assert both.compare(query)


def test_doubles_become_the_same_decimals(both: Lockstep) -> None:
    rng = np.random.default_rng(7)
    halves = (rng.integers(-(10**7), 10**7, 40_000) * 2 + 1) / 2e7
    ties = rng.integers(-(10**6), 10**6, 20_000) / 128
    shares = rng.integers(-5_000, 5_000, 40_000) / rng.integers(1, 300, 40_000)
    both.put("doubles", pa.table({"x": np.concatenate([halves, ties, shares])}))
    assert len(both.compare("select x, (x::double)::decimal(18, 6) as d from doubles")) == 100_000


@pytest.mark.parametrize("folder", OF_A_BUILD)
def test_spark_reads_every_statement_of_a_build(spark: Any, folder: str) -> None:
    parser = spark._jsparkSession.sessionState().sqlParser()
    for path in sorted((SQL / folder).glob("*.sql")):
        parser.parsePlan(spark_sql(statement(f"{folder}/{path.stem}")))
