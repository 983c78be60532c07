"""KTO (arXiv 2402.01306) through TRL's trainer: answers with a label, from the `trl-kto` export."""

from pathlib import Path

from trl import KTOConfig, KTOTrainer

from align.assembly import parts_of_trainer
from align.loading import Loaded
from align.progress import Advance
from align.rates import OwnRates
from align.resuming import ExactResume
from align.rows import Rows
from align.settings import KTOSettings
from align.training import Trained, arguments, run


class LabelTrainer(ExactResume, OwnRates, KTOTrainer):
    """TRL's KTO trainer, with what our recipes add."""


def train(
    loaded: Loaded, rows: Rows, settings: KTOSettings, folder: Path, advance: Advance
) -> Trained:
    """Align a model on labelled answers, in a run's folder; the reference is the model as given.

    Raises AlignError where the loss is no number.
    """
    return run(make_trainer(loaded, rows, settings, folder), folder, advance)


def make_trainer(loaded: Loaded, rows: Rows, settings: KTOSettings, folder: Path) -> LabelTrainer:
    """The trainer of a run, before its first step."""
    trainer = LabelTrainer(
        **parts_of_trainer(loaded, rows, settings.model, reference=True),
        args=KTOConfig(
            **arguments(settings, folder, rows),
            beta=settings.loss.beta,
            desirable_weight=settings.loss.desirable_weight,
            undesirable_weight=settings.loss.undesirable_weight,
            max_length=None,
        ),
    )
    trainer.projector_rate = settings.train.projector_learning_rate
    return trainer
