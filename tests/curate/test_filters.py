"""Filters are predicates of the user: bound before a build, run where they can only read tables."""

from pathlib import Path

import pytest

from curate.filters import check
from schemas.config_curation import FilterRule
from schemas.errors import ConfigError
from tests.support.workspaces import Bench, five, outcome, rows

COLUMNS = {
    "prompt": "prompt_id, messages, media, reference, source, source_key, attributes, n_turns,"
    " n_media, question, n_answers",
    "candidate": "response, origin, generations, source, source_key, attributes, models,"
    " characters, prompt_attributes",
    "pair": "margin_raw, margin, tier_gap, agreement, n_raters, level, source, attributes",
}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Two prompts: a 9 over b 6, and c 12 over d 0 by a longer answer."""
    bench = Bench(tmp_path)
    bench.prompt("first", "a", "b")
    bench.prompt("second", "c", "d", "x", "y")
    bench.vote("first", scores={"a": five(9), "b": five(6)})
    bench.vote("second", "judge:gemini", scores={"c": five(12), "d": five(0)})
    return bench


def ask(bench: Bench, level: str, drop_when: str, name: str = "mine") -> None:
    """One more filter in the config."""
    bench.config += f"[[filter]]\nname = '{name}'\nlevel = '{level}'\n"
    bench.config += f"drop_when = '''{drop_when}'''\n"


def lost(bench: Bench) -> set[tuple[str, str, str | None]]:
    """(level, reason, detail) of every row that a filter took."""
    return {
        (row["level"], row["reason"], row["detail"])
        for row in rows(bench.build(), "dropped")
        if row["reason"].startswith("filter:")
    }


def test_a_prompt_leaves_with_its_answers(bench: Bench) -> None:
    ask(bench, "prompt", "question = 'first' and n_answers = 2 and n_turns = 1 and n_media = 0")
    report = bench.build()
    assert outcome(report) == {("c", "d")}
    dropped = [row for row in rows(report, "dropped") if row["reason"] == "filter:mine"]
    assert sorted(row["level"] for row in dropped) == ["candidate", "candidate", "prompt"]
    prompt_id = bench.prompts["first"].prompt_id
    assert {row["other_id"] for row in dropped} == {None, prompt_id}
    assert report.manifest.dropped["filter"] == {"filter:mine": 3}


def test_an_answer_leaves_and_its_prompt_stays(bench: Bench) -> None:
    ask(bench, "candidate", "response = 'd' and characters = 1 and list_contains(models, 'm')")
    report = bench.build()
    assert outcome(report) == {("a", "b")}
    assert ("candidate", "filter:mine", None) in lost(bench)


def test_a_pair_leaves_after_the_policy_chose_it(bench: Bench) -> None:
    ask(bench, "pair", "margin_raw < 6 and level = 'human' and chosen = 'a' and rejected = 'b'")
    report = bench.build()
    assert outcome(report) == {("c", "d")}
    assert bench.dropped(report) == {("filter:mine", "a > b")}


def test_a_row_that_two_filters_take_is_named_by_the_first(bench: Bench) -> None:
    ask(bench, "candidate", "response in ('a')", "one")
    ask(bench, "candidate", "response in ('a', 'b')", "two")
    reasons = {
        row["reason"] for row in rows(bench.build(), "dropped") if row["level"] == "candidate"
    }
    assert reasons == {"filter:one", "filter:two"}
    assert bench.build().manifest.dropped["filter"] == {"filter:one": 1, "filter:two": 1}


def test_a_predicate_that_is_null_drops_nothing(bench: Bench) -> None:
    ask(bench, "candidate", "attributes['missing'] = 'x'")
    assert lost(bench) == set()


def test_a_filter_may_ask_about_other_answers(bench: Bench) -> None:
    """The prompts on which some answer is `x`."""
    ask(bench, "prompt", "prompt_id in (select prompt_id from candidates where response = 'x')")
    assert outcome(bench.build()) == {("a", "b")}


@pytest.mark.parametrize("level", ["prompt", "candidate", "pair"])
def test_an_unknown_name_names_the_columns_before_anything_is_built(
    bench: Bench, level: str
) -> None:
    ask(bench, level, "lenght > 5")
    with pytest.raises(ConfigError) as error:
        bench.build()
    assert "'mine'" in error.value.message
    assert "lenght > 5" in error.value.message
    assert error.value.fix is not None
    assert set(COLUMNS[level].split(", ")) <= set(error.value.fix.split(": ")[1].split(", "))
    assert list((bench.root / "builds").glob("*")) == []


ESCAPES = [
    "true) union select prompt_id from prompts where (true",
    "true) union all select 'x' where (true",
    "true) order by 1 limit (1",
    "true) group by prompt_id having (true",
    "1; drop table prompts",
    "true); drop view prompts; select (true",
    "true); copy prompts to '/tmp/out'; select (true",
    "copy prompts to '/tmp/out'",
    "exists (select * from read_csv('/etc/passwd'))",
    "exists (select * from '/etc/passwd')",
    "exists (select * from read_text('/etc/passwd'))",
    "exists (select * from read_blob('/etc/passwd'))",
    "exists (select * from read_parquet('/etc/passwd'))",
    "exists (select * from glob('/etc/*'))",
    "getenv('HOME') != ''",
    "exists (select * from read_json('https://example.org/x.json'))",
    "attach '/tmp/x.duckdb'",
    "install httpfs",
    "set enable_external_access = true",
    "true /*",
    "?",
    "$1 = 1",
]


@pytest.mark.parametrize("predicate", ESCAPES)
def test_a_predicate_that_tries_to_escape_reads_nothing(predicate: str) -> None:
    rule = FilterRule(name="mine", level="prompt", drop_when=predicate)
    with pytest.raises(ConfigError, match="mine"):
        check([rule])


@pytest.mark.parametrize("function", ["read_text", "sniff_csv"])
def test_a_predicate_cannot_read_a_file_beside_the_tables(bench: Bench, function: str) -> None:
    """Not even the workspace's own journal, whose path it knows."""
    secret = bench.root / "annotations" / "votes.jsonl"
    ask(bench, "prompt", f"exists (select * from {function}('{secret}'))")
    with pytest.raises(ConfigError, match="disabled by configuration"):
        bench.build()


@pytest.mark.parametrize("predicate", ["true -- and a comment", "(true) or (false)", "'$$)' = ''"])
def test_brackets_strings_and_comments_stay_inside_the_predicate(predicate: str) -> None:
    check([FilterRule(name="mine", level="prompt", drop_when=predicate)])


@pytest.mark.parametrize("level", ["prompt", "candidate", "pair"])
def test_a_predicate_that_fails_on_a_row_is_a_config_error(bench: Bench, level: str) -> None:
    """It binds, and then one row's text is no number; the last good build stays."""
    good = bench.build()
    column = {"prompt": "question", "candidate": "response", "pair": "chosen"}[level]
    ask(bench, level, f"case when {column} in ('second', 'c') then {column}::int > 3 end")
    with pytest.raises(ConfigError, match="Could not convert string"):
        bench.build()
    assert (bench.root / "builds" / "latest").resolve() == good.folder.resolve()


def test_filters_are_named_once(bench: Bench) -> None:
    ask(bench, "prompt", "false")
    ask(bench, "pair", "false")
    with pytest.raises(ConfigError, match="two filters have the same name"):
        bench.build()
