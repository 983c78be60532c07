"""What is refused, and what did not come: it has a reason, and the person's own words stay."""

from typing import Any

import pytest

from curate.critiques.standing import Standing
from schemas.event import FailureReason
from tests.support.cli import curate
from tests.support.critiquing import FULLER, Editor, checked, critique_of, critiquing, is_check
from tests.support.judge_server.bodies import gemini_error
from tests.support.judge_server.faults import Faults
from tests.support.workspaces import Bench, rows

ONE = "misses point 3"
CUT = {
    "candidates": [{"finishReason": "MAX_TOKENS", "content": {"role": "model"}}],
    "usageMetadata": {"promptTokenCount": 900, "thoughtsTokenCount": 4096},
    "modelVersion": "v",
}
BLOCK = {
    "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
    "usageMetadata": {"promptTokenCount": 900, "totalTokenCount": 900},
    "modelVersion": "v",
}
REFUSED = gemini_error(400, "INVALID_ARGUMENT", "No.")
WRITTEN: dict[str, tuple[Any, str]] = {
    "unparsable": ("no JSON", "unparsable"),
    "half a reply": ('{"critique": "The answer mis', "unparsable"),
    "truncated": (CUT, "truncated"),
    "blocked": (BLOCK, "blocked"),
    "refused": (REFUSED, "refused_by_server"),
    "empty": (critique_of(""), "no_critique"),
    "shorter": (critique_of("misses"), "no_critique"),
    "the answer": (critique_of("Answer bad to 3."), "no_critique"),
    "a number": (critique_of(f"{FULLER}{ONE} of 17"), "new_claim"),
    "a name": (critique_of(f"{FULLER}{ONE}, as in Lisbon"), "new_claim"),
}
PASS: tuple[FailureReason | None, ...] = ("timeout", "budget", None)
STAND: tuple[FailureReason, ...] = (
    *("new_claim", "changed_verdict", "no_critique"),
    *("unparsable", "truncated", "refused_by_server"),
)
CHECKS: dict[str, tuple[Any, str]] = {
    "verdict": (checked("negative", "mixed"), "changed_verdict"),
    "claims": (checked("negative", claims=("it is also rude",)), "new_claim"),
    "no critique": (checked(critique=False), "no_critique"),
    "unparsable": ('{"new_claims": []}', "unparsable"),
    "truncated": (CUT, "truncated"),
    "blocked": (BLOCK, "blocked"),
    "refused": (REFUSED, "refused_by_server"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_an_expansion_that_cannot_be_used_stands_as_failed(
    said: Bench, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    said.write()
    wrong, reason = WRITTEN[case]
    model = Editor(written={ONE: wrong})
    with critiquing(said.root, monkeypatch, answer=model) as run:
        done = run.json()
        assert (done["expanded"], done["failed"]) == (7, {reason: 1})
        sent = run.asked
        again = run.json()
        assert (again["cached"], again["failed"], run.asked) == (7, {reason: 1}, sent)
        model.written = {}
        mended = run.json("--retry-failed")
        if reason == "blocked":
            assert (mended["failed"], run.asked) == ({"blocked": 1}, sent)
            return
        assert (mended["expanded"], mended["cached"], mended["failed"]) == (1, 7, {})
        assert run.json()["cached"] == 8
    assert curate("sql", "select count(*) from failures", "-C", said.root, "--json").json[
        "rows"
    ] == [[0]]


@pytest.mark.parametrize("case", CHECKS)
def test_an_expansion_whose_check_speaks_against_it_is_not_used(
    said: Bench, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    said.write()
    wrong, reason = CHECKS[case]
    model = Editor(check={ONE: wrong})
    refused = reason in {"changed_verdict", "new_claim", "no_critique"}
    with critiquing(said.root, monkeypatch, answer=model) as run:
        done = run.json()
        assert (done["expanded"], done["failed"]) == (7, {reason: 1})
        sent = run.asked
        assert run.json()["failed"] == {reason: 1}
        assert run.asked == sent
        model.check = {}
        mended = run.json("--retry-failed")
        if reason == "blocked":
            assert run.asked == sent
            return
        assert (mended["expanded"], mended["failed"]) == (1, {})
        assert mended["calls"] == (2 if refused else 1), "what was drafted is not paid for twice"


def test_a_person_keeps_their_own_words_until_the_check_is_passed(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.write()
    model = Editor(check={ONE: checked("negative", "mixed")})
    with critiquing(said.root, monkeypatch, answer=model) as run:
        run.json()
        texts = {row["text"] for row in _reasons(said)}
        assert ONE in texts
        assert FULLER + ONE not in texts
        model.check = {}
        run.json("--retry-failed")
    assert FULLER + ONE in {row["text"] for row in _reasons(said)}


def _reasons(bench: Bench) -> list[dict[str, Any]]:
    return [one for row in rows(bench.build(), "pairs") for one in row["rationales"]]


def test_a_refusal_says_why_and_keeps_none_of_its_words(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.write()
    model = Editor(check={ONE: checked("negative", claims=("it is also rude",))})
    with critiquing(said.root, monkeypatch, answer=model) as run:
        run.json()
        shown = run().out
    (refused,) = (event for event in run.events if event.failure)
    assert refused.failure
    assert (refused.failure.reason, refused.failure.detail) == ("new_claim", "it is also rude")
    assert (refused.answers, refused.flags) == ((), ())
    assert refused.usage is not None
    assert refused.usage.usd > 0
    assert "new_claim" in shown
    status = curate("status", "-C", said.root, "--json").json
    assert status["failures"] == {"new_claim": 1}


def test_a_refused_text_is_asked_to_be_mended_once(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.write()
    wrong = iter([critique_of(f"{FULLER}{ONE} of 17")])
    usual = Editor()

    def answer(body: dict[str, Any]) -> Any:
        if len(body["contents"]) == 3:
            assert "the number '17'" in body["contents"][-1]["parts"][0]["text"]
            return critique_of(FULLER + ONE)
        if not is_check(body) and ONE in str(body):
            return next(wrong)
        return usual(body)

    with critiquing(said.root, monkeypatch, answer=answer) as run:
        done = run.json()
    assert (done["expanded"], done["failed"], done["requests"]) == (8, {}, 17)


@pytest.mark.parametrize(
    "faults",
    [
        Faults(seed=1, throttled=0.3, throttled_in_a_row=2),
        Faults(seed=2, internal=0.2, unavailable=0.2),
        Faults(seed=3, cut_before=0.2, cut_within=0.2),
    ],
)
def test_faults_that_pass_cost_no_comment(
    said: Bench, monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    said.write()
    monkeypatch.setattr("annotate.running.retry.BASE_SECONDS", 0.01)
    with critiquing(said.root, monkeypatch, faults=faults) as run:
        done = run.json()
        assert (done["expanded"], done["failed"]) == (8, {})
        assert done["requests"] > 16, "there were faults"
        assert sum(run.record.faults.values()) > 0


@pytest.mark.parametrize("kind", ["malformed", "truncated", "empty", "blocked_answer"])
def test_faults_that_stand_are_counted_and_nothing_crashes(
    said: Bench, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    said.write()
    faults = Faults(seed=5, **{kind: 0.3})  # type: ignore[arg-type]
    with critiquing(said.root, monkeypatch, faults=faults) as run:
        done = run.json()
        assert done["planned"] == 8 == done["expanded"] + sum(done["failed"].values())
        assert done["failed"]
        assert len(run.record.asked) <= 16 + 8


def test_an_invalid_key_stops_the_run_in_one_line(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.write()
    with critiquing(said.root, monkeypatch, faults=Faults(invalid_key=1.0)) as run:
        ran = run("--json")
    assert (ran.code, ran.json["expanded"], ran.json["left"]) == (1, 0, 8)
    assert "GEMINI_API_KEY" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_what_is_asked_again_by_the_next_run() -> None:
    for reason in PASS:
        assert Standing("e" * 32, reason).asked_again(retry_failed=False)
    for reason in STAND:
        standing = Standing("e" * 32, reason)
        assert not standing.asked_again(retry_failed=False)
        assert standing.asked_again(retry_failed=True)
    assert not Standing("e" * 32, "blocked").asked_again(retry_failed=True)


def test_a_draft_whose_check_got_no_answer_is_checked_by_the_next_run(
    said: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    said.write()
    monkeypatch.setattr("annotate.running.retry.BASE_SECONDS", 0.0)
    model = Editor(check={ONE: gemini_error(504, "DEADLINE_EXCEEDED", "late")})
    with critiquing(said.root, monkeypatch, answer=model) as run:
        assert run.json()["failed"] == {"timeout": 1}
        (kept,) = (event for event in run.events if event.failure)
        assert kept.answers[0].rationales == {"overall": FULLER + ONE}, "it is paid for"
        assert FULLER + ONE not in {row["text"] for row in _reasons(said)}
        model.check = {}
        done = run.json()
        assert (done["expanded"], done["failed"], done["calls"]) == (1, {}, 1)
