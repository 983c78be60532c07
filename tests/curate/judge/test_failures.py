"""What did not come: it has a reason, and stands or is asked again by it."""

from collections import Counter
from typing import Any

import pytest

from curate.judge.plan import Standing
from tests.support.cli import curate
from tests.support.judge_runs import judging, saying, words_of
from tests.support.judge_server.bodies import gemini_error
from tests.support.judge_server.faults import Faults
from tests.support.workspaces import Bench

BLOCK = {
    "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
    "usageMetadata": {"promptTokenCount": 900, "totalTokenCount": 900},
    "modelVersion": "v",
}
CUT = {
    "candidates": [{"finishReason": "MAX_TOKENS", "content": {"role": "model"}}],
    "usageMetadata": {"promptTokenCount": 900, "thoughtsTokenCount": 4096},
    "modelVersion": "v",
}
GARBLED = "four out of five"
REFUSED = gemini_error(400, "INVALID_ARGUMENT", "Unable to process input image.")
SAID: dict[str, Any] = {
    "blocked": BLOCK,
    "truncated": CUT,
    "unparsable": GARBLED,
    "refused_by_server": REFUSED,
}


class Moody:
    """A model that says `said` about one question until it is mended."""

    def __init__(self, said: Any) -> None:
        self.said = said

    def __call__(self, body: dict[str, Any]) -> Any:
        return self.said if "Question 3?" in words_of(body) else saying(3)


@pytest.fixture(params=SAID)
def reason(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_failure_stands_until_it_is_asked_again(
    asked: Bench, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    asked.write()
    model = Moody(SAID[reason])
    with judging(asked.root, monkeypatch, answer=model) as judge:
        first = judge.json()
        assert (first["planned"], first["rated"], first["failed"]) == (6, 5, {reason: 1})
        sent = judge.asked
        again = judge.json()
        assert (again["cached"], again["failed"], judge.asked) == (5, {reason: 1}, sent)
        model.said = saying(3)
        mended = judge.json("--retry-failed")
        if reason == "blocked":
            assert (mended["failed"], judge.asked) == ({"blocked": 1}, sent)
        else:
            assert (mended["rated"], mended["cached"], mended["failed"]) == (1, 5, {})
            assert judge.json()["cached"] == 6


def test_a_judgement_that_comes_late_supersedes_its_failure(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.write()
    model = Moody(CUT)
    with judging(asked.root, monkeypatch, answer=model) as judge:
        judge()
        failed = {event.event_id for event in judge.events if event.failure}
        model.said = saying(3)
        judge("--retry-failed")
    late = judge.events[12:]
    assert {event.supersedes for event in late} == failed
    query = "select count(*) as n from failures"
    assert curate("sql", query, "-C", asked.root, "--json").json["rows"] == [[0]]
    spent = sum(event.usage.usd for event in judge.events if event.usage)
    shown = curate("status", "-C", asked.root, "--json").json
    assert shown["usd"] == pytest.approx(spent), "what failed was paid for, too"


def test_a_failure_costs_and_lists_no_answers(
    asked: Bench, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    asked.write()
    with judging(asked.root, monkeypatch, answer=Moody(SAID[reason])) as judge:
        judge()
    failures = [event for event in judge.events if event.failure]
    assert len(failures) == 2
    for event in failures:
        assert event.failure
        assert (event.failure.reason, event.answers, event.tiers) == (reason, (), None)
        assert event.usage is not None
        assert (event.usage.usd > 0) == (reason != "refused_by_server")


def test_an_unreadable_reply_is_asked_to_be_mended_once(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.write()
    with judging(asked.root, monkeypatch, answer=Moody(GARBLED)) as judge:
        done = judge.json()
    assert done["requests"] == judge.asked == 12 + 2


def test_a_timeout_is_asked_again_by_the_next_run(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.write()
    slow = ("judge.timeout_s=0.2", "judge.concurrency=64")
    with (
        monkeypatch.context() as patched,
        judging(asked.root, monkeypatch, *slow, latency_s=1.0) as judge,
    ):
        patched.setattr("annotate.running.retry.BASE_SECONDS", 0.0)
        done = judge.json()
        assert (done["rated"], done["failed"]) == (0, {"timeout": 6})
    with judging(asked.root, monkeypatch) as judge:
        done = judge.json()
        assert (done["rated"], done["failed"]) == (6, {})
    assert sum(event.supersedes is not None for event in judge.events) == 12


@pytest.mark.parametrize(
    ("reason", "usually", "on_demand"),
    [
        ("timeout", True, True),
        ("budget", True, True),
        ("blocked", False, False),
        ("unparsable", False, True),
        ("truncated", False, True),
        ("refused_by_server", False, True),
        (None, False, False),
    ],
)
def test_which_failures_are_asked_again(reason: Any, usually: object, on_demand: object) -> None:
    assert Standing(reason).asked_again(retry_failed=False) == usually
    assert Standing(reason).asked_again(retry_failed=True) == on_demand
    assert not Standing(reason, now=True).asked_again(retry_failed=True), "once a run is enough"


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        (Faults(invalid_key=1), "GEMINI_API_KEY"),
        (Faults(unknown_model=1), "does not know the model"),
        (Faults(day_quota=1), "the day's quota is used up"),
    ],
)
def test_what_no_call_can_get_past_stops_the_run(
    asked: Bench, monkeypatch: pytest.MonkeyPatch, faults: Faults, said: str
) -> None:
    asked.write()
    with judging(asked.root, monkeypatch, faults=faults) as judge:
        ran = judge("--json")
    assert ran.code == 1
    assert said in ran.err
    assert said in ran.json["stopped"]
    assert (ran.json["planned"], ran.json["left"]) == (6, 6)
    assert not list((asked.root / "annotations").glob("judge-*"))


def test_mixed_faults_leave_every_judgement_rated_once_or_with_a_reason(
    many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """About a third of all requests go wrong in one way or another."""
    faults = Faults(
        seed=3,
        throttled=0.05,
        internal=0.03,
        unavailable=0.03,
        slow=0.03,
        cut_before=0.02,
        cut_within=0.02,
        malformed=0.04,
        truncated=0.03,
        empty=0.02,
        blocked_prompt=0.03,
        blocked_answer=0.03,
    )
    cap = "judge.budget_usd=50"
    monkeypatch.setattr("annotate.running.retry.BASE_SECONDS", 0.01)
    with judging(many.root, monkeypatch, cap, "judge.concurrency=16", faults=faults) as judge:
        done = judge.json()
        once = Counter((event.prompt_id, event.order_no) for event in judge.events)
        again = judge.json()
    assert len(once) == 2 * len(many.prompts)
    assert set(once.values()) == {1}
    assert done["planned"] == len(many.prompts)
    assert done["planned"] == done["rated"] + sum(done["failed"].values())
    assert {"blocked", "truncated"} <= done["failed"].keys()
    for event in judge.events[: len(once)]:
        assert (event.failure is None) == (len(event.answers) == 4)
    assert again["cached"] == done["rated"]


def test_a_run_says_where_the_words_of_its_failures_are(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.write()
    with judging(asked.root, monkeypatch, answer=Moody(REFUSED)) as judge:
        out = judge().out
    told = out.split('curate sql "')[1].split('"')[0]
    (row,) = curate("sql", told, "-C", asked.root, "--json").json["rows"]
    assert row[0] == "refused_by_server"
    assert "Unable to process input image." in row[1]
