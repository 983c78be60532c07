"""Every kind of fault is made where it can be, and a statement is never given back as it was."""

import os
from pathlib import Path

import sqlglot

from curate import sqlfiles, views
from curate.engines import duckdb as duckdb_engine
from tests.mutation.run_sql import alike, build_tests, every_mutant, killed_by, stand_in
from tests.mutation.sql import RULES, Mutant, mutants

STATEMENT = """
select distinct a.n + 1 as n, coalesce(b.m, 0) as m, case when not a.x then 'one' end as kind
from a
left join b on b.n = a.n
where a.n > 3
order by n desc
"""


def _plain(text: str) -> str:
    return sqlglot.parse_one(text, read="duckdb").sql(dialect="duckdb")


def test_each_rule_makes_its_faults() -> None:
    made: dict[str, list[str]] = {}
    for mutant in mutants(STATEMENT):
        made.setdefault(mutant.fault.partition(":")[0], []).append(_plain(mutant.text))
    assert made.keys() == RULES.keys()
    assert any("a.n >= 3" in text for text in made["operator"])
    assert any("WHERE TRUE" in text for text in made["condition"])
    assert any("LEFT" not in text for text in made["join"])
    assert any("a.n > 4" in text for text in made["number"])


def test_no_fault_is_none_and_none_comes_twice() -> None:
    texts = [_plain(mutant.text) for mutant in mutants(STATEMENT)]
    assert _plain(STATEMENT) not in texts
    assert len(texts) == len(set(texts))


def test_scoring_and_pairing_have_hundreds() -> None:
    found = list(every_mutant())
    assert len(found) > 400
    assert {name.partition("/")[0] for name, _ in found} == {"score", "pair", "policy"}


def test_a_fault_is_in_every_module_that_asks_for_the_statement() -> None:
    child = os.fork()
    if not child:
        stand_in("score/scores", "select 1")
        asked = {module.statement for module in (sqlfiles, duckdb_engine, views)}
        told = {ask("score/scores") for ask in asked}
        os._exit(told != {"select 1"} or sqlfiles.statement("pair/votes") == "select 1")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_files_named_like_the_statement_are_asked_first() -> None:
    files = sorted(build_tests(), key=lambda file: -alike("pair/over_caps", file))
    assert Path(files[0]).stem == "test_caps"


def test_the_file_that_finds_a_fault_is_told() -> None:
    files = {Path(file).stem: file for file in build_tests()}
    fault = Mutant("none", "select 1 as candidate_no where false")
    assert killed_by("", Mutant("none", ""), [files["test_little_memory"]]) is None
    assert killed_by("score/scores", fault, [files["test_scores"]]) == files["test_scores"]
