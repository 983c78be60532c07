"""Which judgements are made already: all that is sent is in the hash, how it is sent is not."""

from typing import Any

import pytest

from curate.judge import hashing
from curate.judge.hashing import Hashing, Looks
from curate.judge.members import Member
from schemas.config_judge import JudgeSection
from tests.support.judging import one_metric, preset

PROMPT, ONE, OTHER = "0" * 32, "1" * 32, "2" * 32
GEMINI = Member("gemini", "gemini-3.5-flash")


def request_hash(
    looks: Looks = "pictures",
    member: Member = GEMINI,
    shown: tuple[str, ...] = (ONE, OTHER),
    sample: int = 0,
    reference: str = "",
    **settings: Any,
) -> str:
    made = Hashing(member, JudgeSection(**settings), preset())
    return made.of(looks, PROMPT, shown, sample, reference)


def test_the_same_judgement_has_the_same_hash() -> None:
    assert request_hash() == request_hash()
    assert len(request_hash()) == 32


@pytest.mark.parametrize(
    "change",
    [
        {"member": Member("gemini", "gemini-3.5-pro")},
        {"member": Member("openai", "gemini-3.5-flash")},
        {"shown": (OTHER, ONE)},
        {"shown": (ONE,)},
        {"sample": 1},
        {"reference": "3" * 64},
        {"mode": "pairwise"},
        {"thinking_level": "high"},
        {"temperature": 0.0},
        {"max_side": 512},
    ],
)
def test_what_is_sent_is_in_the_hash(change: dict[str, Any]) -> None:
    assert request_hash(**change) != request_hash()


@pytest.mark.parametrize(
    "change",
    [
        {"member": Member("gemini", "gemini-3.5-flash", "http://127.0.0.1:1")},
        {"tier": "batch"},
        {"concurrency": 1},
        {"budget_usd": 1.0},
        {"frames": 2},
    ],
)
def test_how_it_is_sent_is_not_in_the_hash(change: dict[str, Any]) -> None:
    assert request_hash(**change) == request_hash()


def test_settings_count_for_what_is_seen_by_them() -> None:
    assert request_hash("video", frames=2) != request_hash("video")
    assert request_hash("text", max_side=512) == request_hash("text")


def test_the_rubrics_wording_is_in_the_hash() -> None:
    hashes = {
        Hashing(GEMINI, JudgeSection(), rubric).of("text", PROMPT, (ONE,), 0, "")
        for rubric in (preset(), one_metric(), one_metric(ranking=True))
    }
    assert len(hashes) == 3


def test_the_version_of_the_prompts_wording_is_in_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    before = request_hash()
    monkeypatch.setattr(hashing, "PROMPT_VERSION", "0")
    assert request_hash() != before
