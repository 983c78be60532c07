"""A reward model's run in folds: a folder with one folder a fold, fold-0 to fold-<K-1>."""

from dataclasses import replace

from curate.aligning.asked import Asked
from schemas.base import content_id
from schemas.errors import AlignError

RECIPE = "reward"
FOLDER = "fold-{}"


def in_folds(asked: Asked, folds: int) -> Asked:
    """The run with so many folds, in a folder of its own. Raises AlignError below one."""
    if folds < 1:
        raise AlignError(f"{folds} folds", "ask for 1, or for 2 or more to cross-fit")
    if folds == 1:
        return asked
    run_id = content_id([asked.run_id, folds])
    named_by_id = asked.folder.name == f"{RECIPE}-{asked.run_id[:8]}"
    folder = asked.folder.with_name(f"{RECIPE}-{run_id[:8]}") if named_by_id else asked.folder
    return replace(asked, folds=folds, run_id=run_id, folder=folder)


def fold_run(asked: Asked, fold: int) -> Asked:
    """The run of one fold."""
    return replace(
        asked,
        fold=fold,
        folder=asked.folder / FOLDER.format(fold),
        run_id=content_id([asked.run_id, fold]),
    )
