"""The GPU scripts without a GPU: every subject trains and is counted, and whole scripts run."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gpu import compare
from benchmarks.gpu.subjects import SUBJECTS, Setting
from tests.support.trainers import TRAINS

pytestmark = TRAINS
NEEDS = pytest.mark.skipif(not find_spec("align.reward"), reason="no align.reward")
REWARD = pytest.param(("bare", "reward"), marks=NEEDS)
LORA = Setting("tiny", 4, 2, 2, 4, 0)


@pytest.mark.parametrize("setting", [LORA, replace(LORA, lora_rank=0)], ids=["lora", "full"])
@pytest.mark.parametrize("pair", [("trl", "mm-dpo"), REWARD], ids="-".join)
def test_both_of_a_comparison_read_the_same_tokens(
    pair: tuple[str, str], setting: Setting, tmp_path: Path
) -> None:
    seen: list[list[int]] = []
    for name in pair:
        watch = SUBJECTS[name](setting, tmp_path / name)
        cost = watch.cost(None)
        assert watch.steps == setting.steps
        assert cost.tokens_a_second > 0
        assert 0 <= cost.waiting < 1
        seen.append([int(count) for count in watch.counts])
    assert len(seen[0]) == (setting.steps - 2) * setting.accumulation
    assert seen[0] == seen[1]


def test_a_script_runs_from_its_options_to_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(compare, "OUT", tmp_path)
    assert compare.main("dpo", "trl", "mm-dpo", ["--tiny"]) == 0
    text = (tmp_path / "dpo-tiny.md").read_text("utf-8")
    assert "| mm-dpo |" in text
    assert "times say nothing" in text
    assert text in capsys.readouterr().out


def test_the_big_shape_is_that_of_a_7b_model() -> None:
    from benchmarks.gpu.shapes import SHAPES, model, processor

    shape = SHAPES["7b"]
    made = model(shape, processor(shape), dtype="bfloat16", device="meta")
    assert 7.0e9 < sum(weights.numel() for weights in made.parameters()) < 7.1e9
