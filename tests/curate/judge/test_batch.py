"""The batch tier: jobs handed over, found again, collected, and handed over anew."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotate.raters.gemini_batch import GeminiBatches
from curate.judge import batch_handover
from curate.judge.batch_log import BatchLog, held_usd, open_jobs
from curate.media.store import MediaStore
from tests.support.judge_runs import MODEL, Judge, judging, saying, words_of
from tests.support.judge_server.bodies import gemini_error
from tests.support.judge_server.faults import Faults
from tests.support.pictures import picture_bytes
from tests.support.workspaces import Bench

RATER = f"gemini/{MODEL}"
BATCH = ("judge.tier=batch", "judge.poll_s=0.01")


@contextmanager
def batching(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *settings: str, **server: Any
) -> Iterator[Judge]:
    """A judge of the workspace that asks in batches."""
    bench.write()
    with judging(bench.root, monkeypatch, *BATCH, *settings, **server) as judge:
        yield judge


def jobs(judge: Judge) -> int:
    """How many jobs the server was given."""
    return judge.record.by_endpoint["batchGenerateContent"]


def once_each(judge: Judge, count: int) -> bool:
    """Whether so many judgements came, each once."""
    came = Counter(event.request_hash for event in judge.events if not event.failure)
    return len(came) == count and set(came.values()) == {1}


def test_a_batch_gives_what_single_calls_give(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch) as judge:
        done = judge.json()
        assert (done["rated"], done["calls"], done["requests"]) == (6, 12, 12)
        assert (jobs(judge), judge.asked) == (1, 0)
        again = judge.json()
        assert (again["cached"], again["calls"], jobs(judge)) == (6, 0, 1)
        assert judge.json("judge.tier=standard")["cached"] == 6, "tiers share judgements"
    for event in judge.events:
        assert event.rater.version == MODEL
        assert len(event.answers) == 4
        assert event.usage is not None
        assert event.usage.usd > 0
    assert done["usd"] == pytest.approx(sum(e.usage.usd for e in judge.events if e.usage))
    assert open_jobs(asked.root / "annotations") == []


def test_no_wait_hands_over_and_a_later_run_collects(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch) as judge:
        left = judge.json("--no-wait")
        assert (left["left"], left["rated"], left["journal"]) == (6, 0, None)
        shown = judge.json("--status")
        (job,) = shown["jobs"]
        assert (job["judge"], job["judgements"], job["name"]) == (RATER, 12, "batches/" + "0" * 24)
        assert shown["spent_usd"] == job["at_most_usd"] > 0
        assert judge.json("--dry-run")["calls"] == 0, "what is on its way is not asked again"
        assert judge.json("--no-wait")["left"] == 6
        done = judge.json()
        assert (done["rated"], jobs(judge)) == (6, 1)
        assert judge.json("--status")["jobs"] == []
    assert once_each(judge, 12)


def test_another_tier_does_not_ask_what_is_on_its_way(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch) as judge:
        judge("--no-wait")
        ran = judge("judge.tier=standard")
        assert (ran.code, judge.asked) == (1, 0)
        assert "12 judgements are with batch jobs" in ran.err
        assert "--set judge.tier=batch" in ran.err


def test_what_is_missing_or_failed_for_now_is_handed_over_again(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing results are missing by chance of their key, so here they stay so."""
    part = ("RUNNING", "PARTIALLY_SUCCEEDED")
    with batching(asked, monkeypatch, batch_states=part, batch_missing=0.4) as judge:
        done = judge.json()
        lost = done["failed"]["timeout"]
        assert 0 < lost < 6
        assert done["planned"] == done["rated"] + lost
        assert jobs(judge) == 3
    failures = [event.failure for event in judge.events if event.failure]
    assert all("3 batch jobs ended without it" in failure.detail for failure in failures)
    with batching(asked, monkeypatch) as judge:
        assert judge.json()["rated"] == lost, "a timeout is asked again by the next run"


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")  # of aiohttp, to the SDK
def test_errors_on_single_lines_are_tried_again_or_final(
    many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(seed=2, internal=0.2, throttled=0.1, malformed=0.1, blocked_prompt=0.1)
    with batching(many, monkeypatch, faults=faults) as judge:
        done = judge.json()
    assert 1 < jobs(judge) <= 3
    assert done["planned"] == done["rated"] + sum(done["failed"].values()) == 200
    assert {"blocked", "unparsable"} <= done["failed"].keys()
    counts = Counter((event.prompt_id, event.order_no) for event in judge.events)
    assert len(counts) == 400
    assert set(counts.values()) == {1}


def test_a_line_that_the_service_refuses_fails_alone(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(body: dict[str, Any]) -> Any:
        refused = "Question 3?" in words_of(body)
        return gemini_error(400, "INVALID_ARGUMENT", "no such image") if refused else saying(3)

    with batching(asked, monkeypatch, answer=answer) as judge:
        assert judge.json()["failed"] == {"refused_by_server": 1}
        assert jobs(judge) == 1


@pytest.mark.parametrize("end", ["FAILED", "EXPIRED", "CANCELLED"])
def test_jobs_that_end_badly_are_given_up_after_three(
    asked: Bench, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    with batching(asked, monkeypatch, "judge.budget_usd=1", batch_states=("RUNNING", end)) as judge:
        done = judge.json()
        assert (done["failed"], jobs(judge)) == ({"timeout": 6}, 3)
        assert (done["usd"], judge.json("--status")["spent_usd"]) == (0, 0)
    assert f"the last one as {end.lower()}" in str(judge.events[0].failure)
    with batching(asked, monkeypatch) as judge:
        assert judge.json()["rated"] == 6


def test_results_that_expired_are_asked_anew_and_counted_at_their_worst(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch) as judge:
        judge("--no-wait")
        held = held_usd(asked.root / "annotations")
    with batching(asked, monkeypatch) as judge:  # a server that knows of nothing
        done = judge.json()
        assert (done["rated"], jobs(judge)) == (6, 1)
        spent = judge.json("--status")["spent_usd"]
    journaled = sum(event.usage.usd for event in judge.events if event.usage)
    assert spent == pytest.approx(float(held) + journaled)
    assert done["usd"] == pytest.approx(spent)


def test_a_job_that_was_handed_over_when_the_run_was_killed_is_found(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job stands at the service, and its name was never written down."""
    with batching(asked, monkeypatch) as judge:
        write = BatchLog.write

        def killed(log: BatchLog, line: Any) -> None:
            if line.kind == "started":
                raise KeyboardInterrupt
            write(log, line)

        with monkeypatch.context() as patched:
            patched.setattr(BatchLog, "write", killed)
            assert judge().code == 130
        (job,) = open_jobs(asked.root / "annotations")
        assert (job.name, jobs(judge)) == (None, 1)
        done = judge.json()
        assert (done["rated"], jobs(judge)) == (6, 1)
    assert once_each(judge, 12)


def test_a_job_that_was_announced_and_never_left_is_handed_over(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch) as judge:

        async def killed(*_: object) -> str:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(GeminiBatches, "_started", killed)
            assert judge().code == 130
        (job,) = open_jobs(asked.root / "annotations")
        assert (job.name, jobs(judge)) == (None, 0)
        assert judge.json()["rated"] == 6
        assert jobs(judge) == 1


def test_a_run_that_was_killed_while_it_collected_goes_on(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some results are on the disk, and the job's end is not."""
    cap = "judge.budget_usd=0.2"
    with batching(asked, monkeypatch, cap) as judge:
        monkeypatch.setattr("curate.judge.batch_collecting.GROUP", 5)
        write = BatchLog.write

        def killed(log: BatchLog, line: Any) -> None:
            if line.kind == "ended":
                raise KeyboardInterrupt
            write(log, line)

        with monkeypatch.context() as patched:
            patched.setattr(BatchLog, "write", killed)
            assert judge().code == 130
        (journal,) = (asked.root / "annotations").glob("judge-*.jsonl")
        lines = journal.read_bytes().splitlines(keepends=True)
        assert len(lines) == 12
        journal.write_bytes(b"".join(lines[:5]) + lines[5][:40])
        done = judge.json()
        assert (done["rated"], jobs(judge)) == (6, 1)
    assert once_each(judge, 12)


def test_the_cap_holds_what_jobs_may_cost(asked: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with batching(asked, monkeypatch) as judge:
        worst = judge.json("--dry-run")["worst_usd"]
        cap = f"judge.budget_usd={worst / 2:.6f}"
        first = judge.json("--no-wait", cap)
        assert (first["left"], first["stopped"]) == (6, None)
        shown = judge.json("--status", cap)
        assert 0 < shown["spent_usd"] <= worst / 2
        assert jobs(judge) == 1
        done = judge.json(cap)
        assert (done["rated"], done["stopped"]) == (6, None), "settled money goes into more jobs"
        assert jobs(judge) > 1
        assert judge.json("--status")["spent_usd"] <= worst / 2


def test_a_cap_below_a_single_judgement_stops_the_run(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch, "judge.budget_usd=0.001") as judge:
        done = judge.json(code=3)
        assert (done["failed"], jobs(judge)) == ({"budget": 6}, 0)
        assert not list((asked.root / "annotations").glob("judge-*"))


def test_many_judgements_go_in_several_jobs(asked: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_handover, "MOST_LINES", 5)
    with batching(asked, monkeypatch) as judge:
        assert judge.json()["rated"] == 6
        assert jobs(judge) == 3
    assert once_each(judge, 12)


def test_a_reply_is_read_by_the_rubric_it_was_asked_by(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch) as judge:
        judge("--no-wait")
        changed = judge.json('rubric.preset="mm-rlhf"')
        assert (changed["rated"], changed["calls"]) == (6, 24), "old and new ones were collected"
        assert judge.json()["cached"] == 6
    assert len({event.rubric_hash for event in judge.events}) == 2


def test_a_key_that_is_refused_leaves_nothing_lost(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with batching(asked, monkeypatch, faults=Faults(invalid_key=1)) as judge:
        done = judge.json(code=1)
        assert "GEMINI_API_KEY" in done["stopped"]
        assert done["left"] == 6
    with batching(asked, monkeypatch) as judge:
        assert judge.json()["rated"] == 6


def test_the_log_of_jobs_is_no_journal(asked: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with batching(asked, monkeypatch) as judge:
        judge()
    (path,) = (asked.root / "annotations").glob("*.ndjson")
    kinds = [json.loads(line)["kind"] for line in Path(path).read_text("utf-8").splitlines()]
    assert kinds == ["announced", "started", "ended"]


def test_pictures_that_do_not_decode_fail_without_being_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path / "workspace")
    store = MediaStore(bench.root / "media")
    medium = store.put_picture(picture_bytes(size=(900, 300)))
    bench.prompt("How many?", "Three.", "Two.", media=[medium])
    bench.prompt("And without?", "Three.", "Two.")
    store.path_of(str(medium.file)).write_bytes(b"no picture")
    with batching(bench, monkeypatch, "judge.max_side=300") as judge:
        done = judge.json()
    assert (done["rated"], done["failed"]) == (1, {"refused_by_server": 1})
