"""`curate route` as a user meets it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.cli import curate
from tests.support.routing import PRICED, judged, rule
from tests.support.workspaces import Bench

KEYS = {
    *("prompts", "selected", "human", "judge", "both", "none", "overlap", "overlap_probability"),
    *("next", "rules", "votes", "human_hours", "minutes_per_vote", "votes_timed"),
    *("expected_usd", "worst_usd", "path", "warnings"),
}
FREE = '[[judge.price]]\nmodel = "m"\ninput = 1\noutput = 1\nvalid_until = 9999-01-01\n'


@pytest.fixture
def workspace(bench: Bench) -> Path:
    """Ten prompts of the judge's, of which rules send one to people and one to nobody."""
    bench.config = '[judge]\nmodel = "m"\n' + FREE
    bench.config += "[route]\noverlap_min = 3\noverlap_share = 0\nseed = 2\n"
    bench.config += rule("question = 'q0'", "human", raters=2, name="first")
    bench.config += rule("question = 'q1'", "none")
    judged(bench, "q2", {"a": 6, "b": 5})
    for number in (0, 1, *range(3, 10)):
        bench.prompt(f"q{number}", "a", "b")
    return bench.write().root


def test_programs_get_one_object(workspace: Path) -> None:
    found = curate("route", "-C", workspace, "--json").json
    assert set(found) == KEYS
    assert found["prompts"] == sum(found[key] for key in ("human", "judge", "both", "none")) == 10
    assert (found["overlap"], found["none"]) == (3, 1)
    assert {row["rule"] for row in found["rules"]} >= {"overlap", "default", "2"}
    assert sum(row["prompts"] for row in found["rules"]) == 10
    assert 0 < found["expected_usd"] < found["worst_usd"]
    assert found["path"] == str(workspace / "routes.parquet")
    assert found["warnings"] == []


def test_people_get_a_table_and_three_lines(workspace: Path) -> None:
    ran = curate("route", "-C", workspace)
    assert (ran.code, ran.err) == (0, "")
    assert "10 prompts, written to" in ran.out
    assert "Overlap: 3 of 9 prompts with two answers or more" in ran.out
    assert "People: " in ran.out
    assert "hours at 8 minutes (published for long questions" in ran.out
    assert "US dollars from nothing, at worst" in ran.out


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (("route.overlap_min=0",), "Overlap: none, so nothing will show how far the judge"),
        (("route.default=human",), "Overlap: none, since no judge takes part."),
        (("route.overlap_share=0.5",), "a new one with probability 0.5."),
    ],
)
def test_what_the_overlap_is_worth_is_said(
    workspace: Path, settings: tuple[str, ...], said: str
) -> None:
    given = [part for setting in settings for part in ("--set", setting)]
    assert said in curate("route", "-C", workspace, "--dry-run", *given).out


def test_a_dry_run_says_the_same_and_writes_nothing(workspace: Path) -> None:
    dry = curate("route", "-C", workspace, "--dry-run", "--json").json
    assert not (workspace / "routes.parquet").exists()
    wet = curate("route", "-C", workspace, "--json").json
    assert {**dry, "path": wet["path"]} == wet
    assert "nothing written" in curate("route", "-C", workspace, "--dry-run").out


def test_next_picks_for_people(workspace: Path) -> None:
    found = curate("route", "-C", workspace, "--next", "1", "--json").json
    assert found["next"] == 1
    assert {"rule": "next", "to": "both", "prompts": 1, "votes": 1} in found["rules"]


def test_a_bad_rule_is_one_line(workspace: Path) -> None:
    setting = 'route.rule=[{when = "lenght > 3", to = "human"}]'
    ran = curate("route", "-C", workspace, "--set", setting)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert "[[route.rule]] 1: when = 'lenght > 3'" in ran.err
    assert "columns of a prompt: prompt_id" in ran.err


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('route.rule=[{when = "", to = "human"}]', "at least 1 character"),
        ('route.rule=[{when = "true", to = "everyone"}]', "'human', 'judge', 'both' or 'none'"),
        ('route.rule=[{name = "overlap", when = "true", to = "human"}]', "cannot be named"),
        ('route.rule=[{name = "2", when = "true", to = "human"}]', None),
        (
            'route.rule=[{name = "2", when = "true", to = "human"}, {when = "true", to = "judge"}]',
            "two rules have the same name",
        ),
        ("route.overlap_share=1.5", "less than or equal to 1"),
        ("route.overlap_min=-1", "greater than or equal to 0"),
    ],
)
def test_a_setting_that_does_not_hold_is_one_line(
    workspace: Path, setting: str, said: str | None
) -> None:
    ran = curate("route", "-C", workspace, "--dry-run", "--set", setting)
    assert ran.code == (0 if said is None else 1)
    assert (said or "") in ran.err


def test_an_unpriced_judge_is_a_warning(workspace: Path) -> None:
    ran = curate("route", "-C", workspace, "--set", "judge.model=unheard-of", "--json")
    assert (ran.code, ran.json["expected_usd"], ran.json["worst_usd"]) == (0, None, None)
    assert "gemini/unheard-of has no price" in ran.err
    assert ran.json["warnings"] == [ran.err.removeprefix("warning: ").rstrip("\n")]


def test_prices_are_those_of_today(bench: Bench) -> None:
    bench.config = PRICED
    bench.prompt("q", "a", "b")
    found = curate("route", "-C", bench.write().root, "--json").json
    today = datetime.now(UTC).date().isoformat()
    assert found["expected_usd"] is not None or today in found["warnings"][0]


def test_status_counts_routes_and_what_came_later(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    root = bench.write().root
    assert curate("status", "-C", root, "--json").json["routes"] == {}
    curate("route", "-C", root)
    found = curate("status", "-C", root, "--json").json
    assert (found["routes"], found["unrouted"]) == ({"both": 1}, 0)
    bench.prompt("later", "a", "b")
    bench.write()
    ran = curate("status", "-C", root)
    assert "Routes: 1 to both; 1 prompt not routed yet." in ran.out
    assert "Next: curate route: 1 prompt came after the last one" in ran.out
