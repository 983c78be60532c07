import json
from pathlib import Path

import pytest

from annotate import journal
from curate.exporting import export
from curate.init import create
from curate.status import look
from curate.workspace import Workspace
from schemas.event import Failure, Usage
from tests.support.cli import curate
from tests.support.workspaces import Bench


def test_an_empty_workspace_wants_a_source(tmp_path: Path) -> None:
    found = look(create(tmp_path / "new"))
    assert (found.prompts, found.candidates, found.pulls, found.votes) == (0, 0, [], [])
    assert found.next_step == "curate pull SOURCE"


def test_answers_without_votes_want_votes(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.prompt("And now?")
    found = look(bench.write())
    assert (found.prompts, found.without_answers, found.candidates) == (2, 1, 2)
    assert found.build_id is None
    assert found.next_step.startswith("votes are missing")


def test_votes_want_a_build(bench: Bench) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3})
    bench.vote("How many?", "judge:j", {"Two.": 4}, usage=Usage(usd=0.25))
    found = look(bench.write())
    assert found.votes == [
        {"kind": "human", "rater": "anna", "events": 1, "prompts": 1},
        {"kind": "judge", "rater": "j", "events": 1, "prompts": 1},
    ]
    assert found.usd == 0.25
    assert found.next_step == "curate build"


def test_a_failure_is_counted_and_is_no_vote(bench: Bench) -> None:
    bench.prompt("How many?", "Three.")
    bench.vote("How many?", "judge:j", failure=Failure(reason="blocked"))
    found = look(bench.write())
    assert found.failures == {"blocked": 1}
    assert found.votes == []


def test_what_a_reward_model_scored_is_told_apart_and_is_no_vote(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.reward("How many?", {"Three.": 2, "Two.": 0})
    found = look(bench.write())
    told = {"kind": "reward_model", "rater": "rm", "events": 1, "prompts": 1}
    assert (found.votes, found.rewards) == ([], [told])
    assert found.next_step.startswith("votes are missing")
    assert "Scored by reward models" in curate("status", "-C", bench.root).out


def test_a_fresh_build_wants_an_export(built: Bench) -> None:
    found = look(Workspace.open(built.root))
    assert (found.pairs, found.up_to_date) == (1, True)
    assert found.next_step == "curate export"


def test_an_exported_build_wants_to_go_on(built: Bench) -> None:
    workspace = Workspace.open(built.root)
    export(workspace, ["trl"], None)
    assert look(workspace).next_step == "curate push OWNER/NAME, or curate align dpo"
    built.sums("How many plates?", {"Five.": 12, "Six.": 3})
    built.build()
    assert look(Workspace.open(built.root)).next_step == "curate export"


def test_a_new_vote_makes_a_build_old(built: Bench) -> None:
    built.vote("How many cups?", "human:ben", {"Three.": 0, "Two.": 4})
    path = built.root / "annotations" / "more.jsonl"
    with path.open("wb") as file:
        journal.write(file, built.events[-1:])
    found = look(Workspace.open(built.root))
    assert not found.up_to_date
    assert found.next_step == "curate build"
    assert "older than what is there now" in curate("status", "-C", built.root).out


def test_a_setting_that_matters_makes_a_build_old(built: Bench) -> None:
    assert not look(Workspace.open(built.root, ["pairs.min_margin=1"])).up_to_date
    assert look(Workspace.open(built.root, ["judge.orders=1"])).up_to_date


def test_status_says_which_settings_make_a_build_old(built: Bench) -> None:
    built.build("pairs.policy=all-ranked")
    reason = 'pairs.policy = "all-ranked", curate.toml says "mllm-dpo"'
    assert look(Workspace.open(built.root)).older_for == reason
    ran = curate("status", "-C", built.root)
    assert ran.out.endswith(f", made with {reason}.\nNext: curate build\n")
    assert look(Workspace.open(built.root, ["pairs.policy=all-ranked"])).older_for is None


@pytest.mark.parametrize("given", [[], ["--json"]])
def test_status_says_the_same_to_people_and_programs(given: list[str], built: Bench) -> None:
    ran = curate("status", "-C", built.root, *given)
    assert ran.code == 0
    if given:
        assert json.loads(ran.out)["votes"][0]["rater"] == "anna"
    else:
        assert "1 prompt (0 without an answer), 2 answers, 0.00 US dollars spent." in ran.out
        assert "anna" in ran.out
        assert "1 pair, up to date." in ran.out


def test_a_torn_last_line_is_no_vote_and_a_bad_line_is_named(built: Bench) -> None:
    path = built.root / "annotations" / "more.jsonl"
    path.write_bytes(b'{"event_id": "')
    assert look(Workspace.open(built.root)).votes[0]["events"] == 1
    path.write_bytes(b"no event\n")
    ran = curate("status", "-C", built.root)
    assert ran.code == 1
    assert "more.jsonl" in ran.err
    assert "unexpected" not in ran.err
