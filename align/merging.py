"""An adapter and its base as one model, for tools that load whole models only."""

import shutil
from pathlib import Path

from align.checkpoints import digest_of, is_adapter, model_folder, open_model
from align.training import quiet

MERGED, MARK = "merged", "merged_from.txt"


def needs_merging(name: str) -> bool:
    """Whether what is named is an adapter."""
    return is_adapter(model_folder(name))


def merged_folder(name: str) -> Path:
    """Where the whole model of an adapter lies: beside it, in the run's folder."""
    folder = model_folder(name)
    return (folder.parent if folder != Path(name) else folder) / MERGED


def merge(name: str) -> Path:
    """The folder of the whole model, made where it is not of this very adapter.

    Raises AlignError where adapter or base cannot be loaded.
    """
    out = merged_folder(name)
    mark = out / MARK
    loaded = open_model(name)
    digest = digest_of(name, loaded)
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest:
        return out
    shutil.rmtree(out, ignore_errors=True)
    with quiet():
        loaded.model.merge_and_unload().save_pretrained(str(out))
        loaded.processor.save_pretrained(str(out))
    mark.write_text(digest, encoding="utf-8")
    return out
