"""Caps on sources and models, and the share of text-only prompts: each drop with its reason."""

import hashlib
from collections import Counter
from typing import Any

import pytest

from curate.media.store import MediaStore
from tests.support.pictures import picture_bytes
from tests.support.workspaces import Bench, five, rows


def ask(
    bench: Bench, question: str, *, source: str = "test", model: str = "m", **options: Any
) -> None:
    """A prompt that makes a pair whose chosen answer is a model's."""
    bench.prompt(question, **options)
    bench.answer(question, "good", model=model)
    bench.answer(question, "bad", model="other")
    bench.prompts[question] = bench.prompts[question].model_copy(update={"source": source})
    bench.vote(question, scores={"good": five(9), "bad": five(5)})


def capped(report: Any) -> Counter[str]:
    """Pairs that a cap took out, by the cap."""
    found = [row for row in rows(report, "dropped") if row["reason"] == "over_cap"]
    return Counter(row["detail"].rpartition(": ")[2] for row in found)


def kept(bench: Bench, report: Any) -> list[str]:
    """The questions that have a pair."""
    asked = {prompt.prompt_id: question for question, prompt in bench.prompts.items()}
    return sorted(asked[row["prompt_id"]] for row in rows(report, "pairs"))


def test_a_source_gives_at_most_so_many_pairs(bench: Bench) -> None:
    for number in range(6):
        ask(bench, f"a{number}", source="large")
    ask(bench, "b", source="small")
    report = bench.build("pairs.cap.source=2")
    assert capped(report) == {"source": 4}
    assert [it[0] for it in kept(bench, report)] == ["a", "a", "b"]


def test_a_model_is_chosen_at_most_so_often(bench: Bench) -> None:
    for number in range(5):
        ask(bench, f"a{number}", model="loud")
    ask(bench, "b", model="quiet")
    report = bench.build("pairs.cap.model=1")
    assert capped(report) == {"model": 4}
    assert len(kept(bench, report)) == 2


def test_a_cap_on_the_source_comes_before_one_on_the_model(bench: Bench) -> None:
    for number in range(4):
        ask(bench, f"a{number}", source="large", model="loud")
    report = bench.build("pairs.cap.source=3", "pairs.cap.model=2")
    assert capped(report) == {"source": 1, "model": 1}


def test_which_stay_is_drawn_by_the_seed(bench: Bench) -> None:
    for number in range(12):
        ask(bench, f"a{number:02}")
    first = kept(bench, bench.build("pairs.cap.source=4"))
    assert kept(bench, bench.build("pairs.cap.source=4", force=True)) == first
    others = [
        kept(bench, bench.build("pairs.cap.source=4", f"pairs.seed={seed}")) for seed in range(1, 4)
    ]
    assert any(it != first for it in others)


@pytest.mark.parametrize(
    ("cap", "setting"),
    [("source", "cap.source=4"), ("model", "cap.model=4"), ("mix", "mix.text_share=0.5")],
)
def test_the_lowest_hashes_stay(bench: Bench, cap: str, setting: str) -> None:
    picture = MediaStore(bench.root / "media").put_picture(picture_bytes(colour=40))
    for number in range(12):
        ask(bench, f"a{number:02}")
    if cap == "mix":
        for number in range(4):
            ask(bench, f"p{number}", media=[picture])
    whole = rows(bench.build("pairs.seed=7"), "pairs")
    texts = [row["pair_id"] for row in whole if not row["media"]]

    def draw(pair_id: str) -> str:
        return hashlib.md5(f"7{cap}{pair_id}".encode(), usedforsecurity=False).hexdigest()

    left = rows(bench.build("pairs.seed=7", f"pairs.{setting}"), "pairs")
    assert {row["pair_id"] for row in left if not row["media"]} == set(sorted(texts, key=draw)[:4])


@pytest.mark.parametrize(
    ("texts", "shown", "share", "left"),
    [
        (8, 2, 0.5, (2, 2)),
        (2, 8, 0.5, (2, 2)),
        (9, 3, 0.25, (1, 3)),
        (1, 9, 0.25, (1, 3)),
        (4, 4, 0.5, (4, 4)),
        (2, 3, 0.4, (2, 3)),
        (3, 3, 0.0, (0, 3)),
        (3, 3, 1.0, (3, 0)),
        (0, 3, 0.5, (0, 0)),
    ],
)
def test_text_only_prompts_have_their_share(
    bench: Bench, texts: int, shown: int, share: float, left: tuple[int, int]
) -> None:
    store = MediaStore(bench.root / "media")
    for number in range(texts):
        ask(bench, f"t{number}")
    for number in range(shown):
        ask(bench, f"p{number}", media=[store.put_picture(picture_bytes(colour=number * 40))])
    report = bench.build(f"pairs.mix.text_share={share}")
    found = Counter(it[0] for it in kept(bench, report))
    assert (found["t"], found["p"]) == left
    assert capped(report).total() == texts + shown - sum(left)


def test_without_caps_nothing_is_drawn_away(bench: Bench) -> None:
    for number in range(3):
        ask(bench, f"a{number}")
    assert capped(bench.build()) == {}
