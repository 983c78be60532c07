"""A reward model's run as it lies in its folder: the models to score with, and what they are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from align.folders import MODEL
from align.reward.modes import Mode
from align.score import FoldModel, digest_of
from align.settings import RewardSettings
from curate.aligning.folding import FOLDER, RECIPE
from curate.aligning.record import TRAINED_ON, read_record
from schemas.base import content_id
from schemas.errors import AlignError
from schemas.event import Rater

FIX = "name the folder of a run of curate align reward"


@dataclass(frozen=True, slots=True)
class RewardRun:
    """The models of a run, first fold first, and how they are asked for scores."""

    folder: Path
    models: tuple[FoldModel, ...]
    settings: RewardSettings
    name: str
    mode: Mode

    @property
    def rater(self) -> Rater:
        """Who scores: all folds together are one version, as are mode and length of critiques."""
        version = content_id([*(model.digest for model in self.models), *self._asked])
        return Rater(kind="reward_model", id=self.name, version=version)

    def request_hash(self, model: FoldModel) -> str:
        """What a score depends on beside the answer."""
        return content_id([model.digest, *self._asked])

    @property
    def _asked(self) -> list[Any]:
        return [self.mode, self.settings.loss.max_new_tokens if self.mode == "critique" else 0]


def read_run(
    folder: Path,
    *,
    name: str | None,
    mode: Mode,
    max_new_tokens: int | None,
    batch_size: int | None,
) -> RewardRun:
    """The run, its models by content. Options go over its settings; `name` is the folder's else.

    Raises AlignError where it is no run of a reward model, or not done.
    """
    record = _done(folder)
    folds = record.get("folds") or 1
    parts = [folder] if folds == 1 else [folder / FOLDER.format(fold) for fold in range(folds)]
    settings = _settings(folder, record)
    loss, train = settings.loss, settings.train
    if max_new_tokens is not None:
        loss = loss.model_copy(update={"max_new_tokens": max_new_tokens})
    if batch_size is not None:
        train = train.model_copy(update={"batch_size": batch_size})
    return RewardRun(
        folder=folder,
        models=tuple(_model(part, fold) for fold, part in enumerate(parts)),
        settings=settings.model_copy(update={"loss": loss, "train": train}),
        name=name or folder.resolve().name,
        mode=mode,
    )


def _done(folder: Path) -> Mapping[str, Any]:
    record = read_record(folder)
    if record is None or record.get("recipe") != RECIPE:
        raise AlignError(f"{folder}: no run of a reward model", FIX)
    if record.get("state") != "done":
        raise AlignError(f"{folder}: not done", "run the same curate align reward again")
    return record


def _settings(folder: Path, record: Mapping[str, Any]) -> RewardSettings:
    try:
        return RewardSettings.model_validate(record.get("settings"))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise AlignError(f"{folder}: run.json, settings.{place}: {first['msg']}", FIX) from error


def _model(folder: Path, fold: int) -> FoldModel:
    _done(folder)
    trained_on = _trained_on(folder / TRAINED_ON)
    return FoldModel(
        fold=fold,
        folder=folder,
        digest=digest_of(folder / MODEL),
        components=frozenset(trained_on.get("components", ())),
        prompts=frozenset(trained_on["prompts"]),
    )


def _trained_on(path: Path) -> Mapping[str, Any]:
    """What the model learned from; without knowing, no score could be told to be cross-fitted."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise AlignError(f"{path}: cannot be read", "train the model again") from error
    if not isinstance(found, dict) or not isinstance(found.get("prompts"), list):
        raise AlignError(f"{path}: does not say what was trained on", "train the model again")
    return found
