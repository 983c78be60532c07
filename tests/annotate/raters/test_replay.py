import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.base import GiveUp, Reply, Request, TryAgain
from annotate.raters.gemini import Gemini
from annotate.raters.replay import Recording, Replay
from schemas.errors import SourceError
from tests.support.judge_server.asking import KEY, MODEL, REQUEST, asked
from tests.support.judge_server.faults import Faults

OTHER = replace(REQUEST, seed=7)


def recorded(path: Path, request: Request = REQUEST, faults: Faults | None = None) -> Reply:
    came, _ = asked(
        lambda url: Recording(Gemini(MODEL, key=KEY, base_url=url), path), request, faults=faults
    )
    assert isinstance(came[0], Reply)
    return came[0]


def replayed(path: Path, request: Request = REQUEST) -> Reply:
    return asyncio.run(Replay(MODEL, path).ask(request, timeout=1))


def test_recorded_reply_is_replayed_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    first, second = recorded(path), recorded(path, OTHER, Faults(blocked_answer=1))

    assert replayed(path) == first
    assert replayed(path, OTHER) == second
    assert second.detail == "answer: SAFETY"


def test_request_that_is_not_recorded_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    recorded(path)

    with pytest.raises(GiveUp, match="not among the recorded judgements") as gave_up:
        replayed(path, OTHER)

    assert gave_up.value.reason == "refused_by_server"


def test_failures_are_not_recorded(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"

    came, _ = asked(
        lambda url: Recording(Gemini(MODEL, key=KEY, base_url=url), path),
        faults=Faults(internal=1),
    )

    assert isinstance(came[0], TryAgain)
    assert path.read_bytes() == b""


def test_later_record_of_a_request_counts(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    recorded(path, faults=Faults(truncated=1))
    recorded(path)

    assert replayed(path).finish == "stop"


def test_torn_last_line_is_left_out_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    first = recorded(path)
    with path.open("ab") as file:
        file.write(b'{"request_digest": "to')

    assert replayed(path) == first
    second = recorded(path, OTHER)
    assert replayed(path, OTHER) == second


def test_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    recorded(path)
    with path.open("ab") as file:
        file.write(b"{}\n")

    with pytest.raises(SourceError, match="line 2"):
        Replay(MODEL, path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        Replay(MODEL, tmp_path / "nowhere")


def test_key_is_not_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    recorded(path)

    assert KEY.encode() not in path.read_bytes()
