from pathlib import Path
from typing import Any

from export.base import ExportResult
from schemas.pair import PreferencePair
from tests.support.pairs import build, pair, turn, user, written


def exported(folder: Path, *rows: PreferencePair) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written("openrlhf", build(folder, rows), folder / "out")


def test_row_has_three_lists_of_messages_and_a_margin(tmp_path: Path) -> None:
    row = pair()
    _, (out,) = exported(tmp_path, row)
    assert out == {
        "prompt": [{"role": "user", "content": "How many cups?"}],
        "chosen": [{"role": "assistant", "content": "Three cups."}],
        "rejected": [{"role": "assistant", "content": "Two cups."}],
        "margin": 0.375,
        "pair_id": row.pair_id,
    }


def test_a_pair_that_nobody_scored_has_no_margin(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, pair(margin=None))
    assert "margin" not in out


def test_a_conversation_stays_whole(tmp_path: Path) -> None:
    asked = [turn("system", "Be ", "short."), user("Same?"), turn("assistant", "No."), user("Why?")]
    _, (out,) = exported(tmp_path, pair(asked))
    assert [(it["role"], it["content"]) for it in out["prompt"]] == [
        ("system", "Be short."),
        ("user", "Same?"),
        ("assistant", "No."),
        ("user", "Why?"),
    ]


def test_a_text_may_say_image(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, pair(chosen="The tag is <image>."))
    assert out["chosen"][0]["content"] == "The tag is <image>."
