from pathlib import Path
from typing import Any

from export.base import ExportResult
from schemas.pair import PreferencePair
from tests.support.pairs import build, pair, turn, user, written


def exported(folder: Path, *rows: PreferencePair) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written("nemo-rl", build(folder, rows), folder / "out")


def test_row_is_a_context_with_two_ranked_completions(tmp_path: Path) -> None:
    row = pair()
    _, (out,) = exported(tmp_path, row)
    assert out == {
        "context": [{"role": "user", "content": "How many cups?"}],
        "completions": [
            {"rank": 0, "completion": [{"role": "assistant", "content": "Three cups."}]},
            {"rank": 1, "completion": [{"role": "assistant", "content": "Two cups."}]},
        ],
        "pair_id": row.pair_id,
    }


def test_a_conversation_stays_whole(tmp_path: Path) -> None:
    asked = [turn("system", "Be short."), user("Same?"), turn("assistant", "No."), user("Why?")]
    _, (out,) = exported(tmp_path, pair(asked))
    assert [(it["role"], it["content"]) for it in out["context"]] == [
        ("system", "Be short."),
        ("user", "Same?"),
        ("assistant", "No."),
        ("user", "Why?"),
    ]
