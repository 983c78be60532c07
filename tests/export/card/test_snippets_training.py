"""The card's TRL block as it stands: a tiny random vision model is loaded and takes its steps."""

from pathlib import Path

import pytest

from export.card.folder import configs_of
from export.card.page import page
from export.card.snippets import MODEL
from export.verify.tiny import processor, vision_model
from tests.export.test_trl_training import front_pairs
from tests.support.cards import blocks, facts, staged
from tests.support.trainers import TRAINS

pytestmark = TRAINS
REPO = "ann/cups"


@pytest.mark.parametrize("form", ["trl", "parquet"])
def test_the_block_trains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    reader = processor()
    reader.save_pretrained(tmp_path / "model")
    vision_model(reader).save_pretrained(tmp_path / "model")
    staging = staged(tmp_path, front_pairs(tmp_path / "media"), form=form)
    text = page(facts(repo=REPO), configs_of(staging))
    (staging / "README.md").write_text(text)
    block = blocks(text, "python")[1].replace(REPO, str(staging))
    small = "max_length=None, max_steps=2, report_to=[], use_cpu=True, bf16=False"
    block = block.replace(MODEL, str(tmp_path / "model")).replace("max_length=None", small)
    names: dict[str, object] = {}
    exec(compile(block, "<card>", "exec"), names)
    assert names["trainer"].state.global_step == 2  # type: ignore[attr-defined]
