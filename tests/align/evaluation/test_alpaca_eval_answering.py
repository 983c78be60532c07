"""AlpacaEval's instructions answered in its format."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import AlignError
from tests.support.trainers import TRAINS

pytestmark = TRAINS
INSTRUCTIONS = [
    {"dataset": "made", "instruction": "Name a cup.", "output": "Mug.", "generator": "base"},
    {"dataset": "made", "instruction": "Two and two?", "output": "4", "generator": "base"},
    {"instruction": "Why?"},
]


def write(path: Path, rows: Any) -> int:
    from align.evaluation.alpaca_eval import write_alpaca_eval
    from align.generate import Decoding
    from align.loading import Loaded
    from tests.support.tiny_models import tiny_llama

    model, words = tiny_llama()
    return write_alpaca_eval(
        Loaded(model.eval(), words, sees=False),
        rows,
        path,
        "dpo-1",
        Decoding(max_new_tokens=4),
        batch_size=2,
        advance=lambda _count: None,
    )


def test_outputs_are_in_its_format_and_order(tmp_path: Path) -> None:
    from align.evaluation.alpaca_eval import read_instructions

    source = tmp_path / "alpaca_eval.json"
    source.write_text(json.dumps(INSTRUCTIONS))
    path = tmp_path / "out" / "model_outputs.json"
    assert write(path, read_instructions(source)) == 3
    found = json.loads(path.read_text())
    assert [row["instruction"] for row in found] == ["Name a cup.", "Two and two?", "Why?"]
    assert set(found[0]) == {"dataset", "instruction", "output", "generator"}
    assert {row["generator"] for row in found} == {"dpo-1"}
    assert found[0]["output"] != "Mug."
    assert [one.name for one in path.parent.iterdir()] == ["model_outputs.json"]


def test_a_run_that_was_cut_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from align.evaluation import alpaca_eval
    from align.evaluation.answering import text_answers

    whole, broken = tmp_path / "whole.json", tmp_path / "broken.json"
    write(whole, INSTRUCTIONS)
    calls = iter(range(9))

    def stopping(*given: Any) -> list[str]:
        if next(calls):
            raise KeyboardInterrupt
        return text_answers(*given)

    with monkeypatch.context() as patch:
        patch.setattr(alpaca_eval, "text_answers", stopping)
        with pytest.raises(KeyboardInterrupt):
            write(broken, INSTRUCTIONS)
    assert write(broken, INSTRUCTIONS) == 1
    assert broken.read_text() == whole.read_text()


@pytest.mark.parametrize("text", ["[3]", '[{"prompt": "a"}]', "[", '{"instruction": 3}'])
def test_what_is_no_instruction_is_said(tmp_path: Path, text: str) -> None:
    from align.evaluation.alpaca_eval import read_instructions

    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(AlignError, match=r"is no object|has no instruction|no valid JSON"):
        read_instructions(path)
