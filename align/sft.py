"""Supervised training on answers: SFT, best-of-n, rejection sampling and SteerLM, by their exports.

The four differ in their rows alone (export.sft and its neighbours); TRL's SFT trainer does the
rest. Prompt tokens get no loss.
"""

from pathlib import Path

from trl import SFTConfig, SFTTrainer

from align.assembly import parts_of_trainer
from align.loading import Loaded
from align.progress import Advance
from align.rates import OwnRates
from align.resuming import ExactResume
from align.rows import Rows
from align.settings import SFTSettings
from align.training import Trained, arguments, run


class AnswerTrainer(ExactResume, OwnRates, SFTTrainer):
    """TRL's SFT trainer, with what our recipes add."""


def train(
    loaded: Loaded, rows: Rows, settings: SFTSettings, folder: Path, advance: Advance
) -> Trained:
    """Train a model on an export's answers, in a run's folder.

    Raises AlignError where the loss is no number.
    """
    return run(make_trainer(loaded, rows, settings, folder), folder, advance)


def make_trainer(loaded: Loaded, rows: Rows, settings: SFTSettings, folder: Path) -> AnswerTrainer:
    """The trainer of a run, before its first step."""
    trainer = AnswerTrainer(
        **parts_of_trainer(loaded, rows, settings.model),
        args=SFTConfig(
            **arguments(settings, folder, rows),
            completion_only_loss=settings.loss.completion_only,
            max_length=None,
        ),
    )
    trainer.projector_rate = settings.train.projector_learning_rate
    return trainer
