from hashlib import sha256
from pathlib import Path
from typing import Any

from export.base import Choices, ExportResult
from schemas.pair import PreferencePair
from tests.support.hostile import texts
from tests.support.pairs import build, pair, turn, user, written


def exported(
    folder: Path, *rows: PreferencePair, margin: bool = False, **values: Any
) -> tuple[ExportResult, list[dict[str, Any]]]:
    choices = Choices(reward_margin=margin)
    return written("trl-reward", build(folder, rows, choices=choices, **values), folder / "out")


def test_row_is_two_whole_conversations(tmp_path: Path) -> None:
    row = pair()
    _, (out,) = exported(tmp_path, row)
    asked = {"role": "user", "content": "How many cups?"}
    assert out == {
        "chosen": [asked, {"role": "assistant", "content": "Three cups."}],
        "rejected": [asked, {"role": "assistant", "content": "Two cups."}],
        "pair_id": row.pair_id,
        "prompt_id": row.prompt_id,
    }


def test_every_answer_stands_behind_its_own_prompt(tmp_path: Path) -> None:
    asked = [turn("system", "Be short."), user("Same?"), turn("assistant", "No."), user("Why?")]
    rows = [pair([user("One")]), pair(asked, chosen="So.", rejected="Why not."), pair([user("2")])]
    _, kept = exported(tmp_path, *rows)
    assert [[it["content"] for it in row["chosen"]] for row in kept] == [
        ["One", "Three cups."],
        ["Be short.", "Same?", "No.", "Why?", "So."],
        ["2", "Three cups."],
    ]
    assert [it["role"] for it in kept[1]["rejected"]] == [
        "system",
        "user",
        "assistant",
        "user",
        "assistant",
    ]


def test_margin_is_there_when_asked_for_and_has_no_gaps(tmp_path: Path) -> None:
    rows = [pair(), pair(chosen="Four.", margin=None, margin_raw=None)]
    result, kept = exported(tmp_path, *rows, margin=True)
    assert [row["margin"] for row in kept] == [0.375]
    assert result.refused == {"no_margin": 1}
    result, kept = exported(tmp_path, *rows)
    assert (len(kept), result.refused) == (2, {})
    assert "margin" not in kept[0]


def test_pairs_by_an_unproven_judge_alone_are_refused(tmp_path: Path) -> None:
    rows = [pair(level="judge"), pair(chosen="Four.")]
    result, kept = exported(tmp_path, *rows, judge_unproven=True)
    assert (len(kept), result.refused) == (1, {"judge_unproven": 1})


def test_texts_that_try_to_be_more_stay_texts(tmp_path: Path) -> None:
    rows = [pair([user(text)], chosen=f"{text} good", rejected=text) for text in texts()]
    _, kept = exported(tmp_path, *rows)
    assert [[it["content"] for it in row["chosen"]] for row in kept] == [
        [text, f"{text} good"] for text in texts()
    ]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    source = build(tmp_path, [pair(), pair(chosen="Four.")])
    found = []
    for name in ("one", "two"):
        result, _ = written("trl-reward", source, tmp_path / name)
        found.append(sha256((result.path / result.files[0]).read_bytes()).hexdigest())
    assert found[0] == found[1]
