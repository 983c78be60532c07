"""Comments are expanded, checked and journaled, each once."""

import json
from typing import Any

import pytest

from tests.support.cli import curate
from tests.support.critiquing import FULLER, Editor, comment, critiquing, is_check, quoted_in
from tests.support.judge_runs import KEY, MODEL, Judge, scores
from tests.support.workspaces import Bench


def test_every_comment_is_expanded_and_checked(editor: Judge, said: Bench) -> None:
    done = editor.json()
    assert (done["planned"], done["expanded"], done["cached"]) == (8, 8, 0)
    assert (done["failed"], done["left"], done["skipped"]) == ({}, 0, {})
    assert (done["calls"], done["requests"], editor.asked) == (16, 16, 16)
    spent = sum(event.usage.usd for event in editor.events if event.usage)
    assert done["usd"] == pytest.approx(spent)
    live = [event for event in editor.events if event.flags]
    assert {event.expands for event in live} == {event.event_id for event in said.events}
    texts = {answer.rationales["overall"] for event in live for answer in event.answers}
    assert texts == {
        f"{FULLER}{words} point {number}" for number in range(4) for words in ("misses", "clear on")
    }


def test_nothing_is_asked_twice(editor: Judge) -> None:
    editor.json()
    journals = sorted((editor.root / "annotations").iterdir())
    done = editor.json()
    assert (done["expanded"], done["cached"], done["calls"], done["usd"]) == (0, 8, 0, 0)
    assert (done["journal"], editor.asked) == (None, 16)
    assert sorted((editor.root / "annotations").iterdir()) == journals
    assert set(editor.record.asked.values()) == {1}


def test_an_expansion_is_the_judges_and_votes_on_nothing(editor: Judge) -> None:
    editor.json()
    for event in editor.events:
        assert (event.rater.kind, event.rater.id, event.rater.version) == (
            "judge",
            f"gemini/{MODEL}",
            MODEL,
        )
        assert (event.rubric_id, event.tiers, event.verdict) == (None, None, None)
        assert all(not answer.scores for answer in event.answers)
        assert event.request_hash
    drafts = {event.event_id for event in editor.events if not event.flags}
    assert {event.supersedes for event in editor.events if event.flags} == drafts


def test_reasons_by_metric_are_one_comment_under_their_names(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path / "w")
    bench.prompt("q", "a", "b")
    comment(bench, "q", {"a": {"helpfulness": "short", "overall": "right", "coherence": " "}})
    bench.write()
    model = Editor()
    with critiquing(bench.root, monkeypatch, answer=model) as run:
        assert run.json()["planned"] == 1
    assert model.expanded == ["right\nhelpfulness: short"]


def test_the_check_is_given_comment_and_expansion_in_another_request(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.write()
    bodies: list[dict[str, Any]] = []
    model = Editor()

    def answer(body: dict[str, Any]) -> Any:
        bodies.append(body)
        return model(body)

    with critiquing(said.root, monkeypatch, "judge.concurrency=1", answer=answer) as run:
        run.json("--limit", "1")
    first, check = bodies
    assert (is_check(first), is_check(check)) == (False, True)
    assert quoted_in(check)[:-1] == quoted_in(first)
    assert quoted_in(check)[-1] == FULLER + quoted_in(first)[-1]
    assert scores(first)["required"] == ["critique"]
    assert "h-0123456789ab" not in json.dumps(bodies), "who said it is not sent"


def test_only_people_are_expanded(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path / "w")
    bench.prompt("q", "a", "b")
    for rater in ("judge:gemini/x", "source:web", "reward_model:r"):
        comment(bench, "q", {"a": "fine", "b": "bad"}, rater)
    bench.vote("q", "human:h-0123456789ab", reviews="e" * 32, rationale="well")
    bench.write()
    with critiquing(bench.root, monkeypatch) as run:
        assert run.json()["planned"] == run.asked == 0


def test_what_is_not_asked_about_is_counted(said: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    said.prompt("gone", "x", "y")
    comment(said, "gone", {"x": "fine"})
    comment(said, "Question 0?", {"Answer good to 0.": "long " * 900})
    for answer in ("x", "y"):
        del said.candidates["gone", answer]
    said.write()
    with critiquing(said.root, monkeypatch) as run:
        done = run.json()
        assert (done["planned"], done["expanded"]) == (8, 8)
        assert done["skipped"] == {"too_long": 1, "unknown_answer": 1}
        shown = run().out
    assert "longer than a short reason" in shown
    assert "on an answer that no pull has" in shown


def test_two_people_with_the_same_words_are_asked_about_once(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = "Answer good to 0."
    other = comment(said, "Question 0?", {good: "clear on point 0"}, "human:h-ffffffffffff")
    said.write()
    with critiquing(said.root, monkeypatch) as run:
        done = run.json()
        assert (done["planned"], done["expanded"], done["calls"]) == (9, 9, 16)
        assert done["carried"] == 1
        (given,) = (event for event in run.events if event.usage is None)
        assert (given.flags, given.supersedes) == (("checked",), None)
        assert other.event_id in {event.expands for event in run.events if event.flags}
        assert run.json()["cached"] == 9


def test_a_limit_takes_the_first_comments(editor: Judge) -> None:
    assert editor.json("--limit", "3")["expanded"] == 3
    assert editor.json("--limit", "3")["cached"] == 3
    done = editor.json()
    assert (done["cached"], done["expanded"], editor.asked) == (3, 5, 16)


def test_of_a_jury_the_first_member_expands(said: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    said.write()
    with critiquing(said.root, monkeypatch) as run:
        jury = f'judge.jury=[{{model="one", base_url="{run.url}"}}, {{model="two"}}]'
        run.settings = (jury,)
        assert run.json()["rater"] == "gemini/one"
    assert {event.rater.id for event in run.events} == {"gemini/one"}


def test_another_model_expands_anew(editor: Judge) -> None:
    editor.json()
    done = editor.json("judge.model=other")
    assert (done["expanded"], done["cached"]) == (8, 0)


def test_a_batch_is_refused_with_what_to_set(editor: Judge) -> None:
    ran = editor("judge.tier=batch")
    assert (ran.code, editor.asked) == (1, 0)
    assert "--set judge.tier=flex" in ran.err
    assert editor.json("judge.tier=flex")["expanded"] == 8


def test_a_missing_key_is_named_and_nothing_written(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.write()
    with critiquing(said.root, monkeypatch) as run:
        monkeypatch.delenv("GEMINI_API_KEY")
        ran = run()
        assert (ran.code, run.asked) == (1, 0)
        assert "GEMINI_API_KEY" in ran.err
        assert not list((said.root / "annotations").glob("critiques-*"))
        monkeypatch.setenv("GEMINI_API_KEY", KEY)
        run.json()
        monkeypatch.delenv("GEMINI_API_KEY")
        assert run.json()["cached"] == 8, "nothing to ask needs no key"


def test_the_key_stands_in_no_file(editor: Judge) -> None:
    editor.json("--record", str(editor.root / "replies.jsonl"))
    for path in editor.root.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()


def test_an_openai_compatible_server_expands(said: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    said.write()

    def answer(body: dict[str, Any]) -> Any:
        turns = [{"parts": [{"text": one["content"]}]} for one in body["messages"][1:]]
        config = {"responseJsonSchema": scores(body)}
        return Editor()({"contents": turns, "generationConfig": config})

    with critiquing(said.root, monkeypatch, "judge.provider=openai", answer=answer) as run:
        done = run.json(f"judge.base_url={run.url}/v1")
    assert (done["expanded"], done["failed"]) == (8, {})
    assert {event.rater.id for event in run.events} == {f"openai/{MODEL}"}


def test_recorded_replies_are_played_back(editor: Judge) -> None:
    editor.json("--record", str(editor.root / "replies.jsonl"))
    words = {(event.request_hash, event.flags): event.answers for event in editor.events}
    for path in (editor.root / "annotations").glob("critiques-*"):
        path.unlink()
    replay = ("judge.provider=replay", "judge.base_url=replies.jsonl", "--budget-usd=0")
    done = editor.json(*replay)
    assert (done["expanded"], done["usd"], editor.asked) == (8, 0, 16)
    played = [event.answers for event in editor.events if event.flags]
    assert sorted(map(str, played)) == sorted(str(it) for (_, flags), it in words.items() if flags)


def test_a_run_of_the_judge_keeps_others_out(editor: Judge) -> None:
    from curate.locks import held

    with held(editor.root / "annotations" / ".judge.lock", "a judge run"):
        ran = editor()
    assert ran.code == 1
    assert "a judge run" in ran.err


def test_people_read_what_came(editor: Judge) -> None:
    shown = editor().out
    assert "8 comments expanded and 0 expanded before, of 8 planned" in shown
    assert "curate build" in shown
    status = curate("judge", "--status", "-C", editor.root, "--json").json
    (run,) = status["runs"]
    assert (run["run_id"].split("-")[0], run["came"], run["closed"]) == ("critiques", 16, True)
