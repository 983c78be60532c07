"""A review of a vote is no vote: nothing counts it, and the event views show it."""

import pytest

from curate.exporting import export
from curate.routing.routes import Options, route
from curate.status import look
from tests.support.routing import routes
from tests.support.workspaces import Bench, rows


def voted(bench: Bench) -> str:
    """Two people's votes on one prompt; the first one's id."""
    bench.prompt("q", "a", "b")
    first = bench.vote("q", "human:anna", {"a": 4, "b": 0}, tiers=[["a"], ["b"]])
    bench.vote("q", "human:ben", {"a": 4, "b": 1})
    return first.event_id


def reviewed(bench: Bench, *flags: str, prompt: str = "q", of: str = "e" * 32) -> None:
    """An expert's word."""
    bench.vote(prompt, "human:eve", reviews=of, flags=flags, rationale="Well.")


@pytest.mark.parametrize("flag", ["accepted", "returned"])
def test_a_build_has_the_same_rows_with_reviews(bench: Bench, flag: str) -> None:
    first = voted(bench)
    tables = ("pairs", "ties", "scores", "dropped")
    before = {name: rows(report, name) for report in [bench.build()] for name in tables}
    assert before["pairs"]
    reviewed(bench, flag, of=first)
    report = bench.build()
    assert {name: rows(report, name) for name in tables} == before


def test_a_review_on_a_prompt_that_no_pull_has_is_no_lost_vote(bench: Bench) -> None:
    voted(bench)
    bench.prompt("gone", "c", "d")
    reviewed(bench, "accepted", prompt="gone")
    del bench.prompts["gone"]
    assert rows(bench.build(), "dropped") == []


def test_a_review_is_nobodys_vote_to_a_route_and_to_the_status(bench: Bench) -> None:
    bench.config = "[[route.rule]]\nwhen = 'n_human_votes = 2'\nto = 'human'\n"
    reviewed(bench, "accepted", of=voted(bench))
    workspace = bench.write()
    route(workspace, Options())
    assert routes(bench)["q"]["rule"] != "default"
    assert [it["rater"] for it in look(workspace).votes] == ["anna", "ben"]


def test_the_events_show_a_review_and_what_it_is_about(bench: Bench) -> None:
    first = voted(bench)
    reviewed(bench, "returned", of=first)
    frame = bench.write().frame("events")
    (row,) = frame[frame["reviews"].notna()].to_dict("records")
    assert (row["reviews"], list(row["flags"]), row["rationale"]) == (first, ["returned"], "Well.")


def test_a_native_export_says_that_reviews_are_left_out(bench: Bench) -> None:
    reviewed(bench, "accepted", of=voted(bench))
    result = export(bench.write(), ["native"], bench.root / "out")["native"]
    assert result.warnings == ("native: 1 review of a vote is left out",)
    assert "eve" not in (result.path / "data.jsonl").read_text()
