"""Trains a reward model on a `critique-reward` export, and holds it against the rows left out."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from transformers import TrainingArguments, set_seed

from align.devices import device
from align.folders import MODEL
from align.loading import Loaded
from align.parts import freeze, lora_of
from align.progress import Advance, unseen
from align.quieting import quiet
from align.reward.accuracy import RewardAccuracy, held_out_accuracy
from align.reward.collator import PairCollator
from align.reward.encoding import Encoder, stops_of
from align.reward.loss import LossWeights
from align.reward.model import CritiqueRewardModel
from align.reward.modes import MODES, Mode
from align.reward.pair_scores import KeptScores
from align.reward.saving import load_reward_model
from align.reward.scoring import Scorer
from align.reward.trainer import RewardTrainer
from align.rows import Rows
from align.settings import RewardLoss, RewardSettings
from align.training import Trained, arguments, run

SCORED = "held_out.jsonl"
BARS: Mapping[Mode, str] = {
    "critique": "writing critiques of held-out rows",
    "given": "scoring held-out rows by the raters' critiques",
    "none": "scoring held-out rows",
}


def train(
    loaded: Loaded, rows: Rows, settings: RewardSettings, folder: Path, advance: Advance
) -> Trained:
    """Train a reward model on the export's training rows, in a run's folder.

    Raises AlignError for rows the model cannot see, and where the loss is no number.
    """
    trained = run(make_trainer(loaded, rows, settings, folder), folder, advance)
    if trained.steps > trained.resumed_at:  # scores of another model
        (folder / SCORED).unlink(missing_ok=True)
    return trained


def make_trainer(
    loaded: Loaded, rows: Rows, settings: RewardSettings, folder: Path
) -> RewardTrainer:
    """The trainer of a run, before its first step."""
    set_seed(settings.train.seed)
    given = arguments(settings, folder, rows)
    trainer = RewardTrainer(
        model=reward_model(loaded, settings),
        args=TrainingArguments(**given, remove_unused_columns=False),
        data_collator=PairCollator(Encoder(loaded.processor, stops_of(loaded.model))),
        train_dataset=rows.train,
        eval_dataset=rows.held_out,
        processing_class=loaded.processor,
        weights=weights_of(settings.loss),
    )
    trainer.projector_rate = settings.train.projector_learning_rate
    return trainer


def reward_model(loaded: Loaded, settings: RewardSettings) -> CritiqueRewardModel:
    """The model with a new scoring head, what does not learn stopped, and LoRA where asked for."""
    lora = lora_of(loaded.model, settings.model)
    freeze(loaded.model, settings.model)
    backbone = loaded.model
    if lora is not None:
        from peft import get_peft_model

        backbone = get_peft_model(backbone, lora)
    return CritiqueRewardModel.of(backbone, settings.loss.head_dropout)


def held_out(
    folder: Path, rows: Any, settings: RewardSettings, advance: Advance = unseen
) -> Mapping[Mode, RewardAccuracy]:
    """A trained run's accuracy on rows it did not learn from: with its own, given and no critiques.

    The model is read from the run's folder, so that what is measured is what was saved; what a run
    that was cut off had scored is taken up.
    """
    with quiet():
        scorer, kept = scorer_of(folder, settings), KeptScores(folder / SCORED)
        found = {}
        for mode in MODES:
            most = settings.evaluate.critiques if mode == "critique" else None
            asked = drawn(rows, most)
            advance(0, BARS[mode], len(asked))
            found[mode] = held_out_accuracy(replace(scorer, mode=mode), asked, kept, advance)
        return found


def drawn(rows: Any, most: int | None) -> Any:
    """At most so many rows, an even draw over all of them."""
    if most is None or len(rows) <= most:
        return rows
    return rows.select([place * len(rows) // most for place in range(most)])


def scorer_of(folder: Path, settings: RewardSettings, mode: Mode = "critique") -> Scorer:
    """The scorer of a trained run's model, on the device there is. Raises AlignError."""
    loaded = load_reward_model(folder / MODEL)
    model = loaded.model.to(device())
    return Scorer(
        model=model,
        encoder=Encoder(loaded.processor, stops_of(model.backbone)),
        mode=mode,
        max_new_tokens=settings.loss.max_new_tokens,
        batch_size=settings.train.batch_size,
    )


def weights_of(loss: RewardLoss) -> LossWeights:
    """The loss's weights by the settings."""
    return LossWeights(
        critique_weight=loss.critique_weight,
        pair_weight=loss.pair_weight,
        tie_weight=loss.tie_weight,
        centering=loss.centering,
        margin_asked=loss.margin,
    )
