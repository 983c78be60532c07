"""An adapter and its base as one model, for tools that load whole models only."""

import shutil
from pathlib import Path

from align.folders import model_folder, run_folder

MERGED, MARK = "merged", "merged_from.txt"


def merged_folder(name: str) -> Path:
    """Where the whole model of an adapter lies: in the run's folder, or in the adapter's own."""
    return (run_folder(name) or model_folder(name)) / MERGED


def merge(name: str) -> Path:
    """The folder of the whole model, made where it is not of this very adapter.

    Raises AlignError where adapter or base cannot be loaded.
    """
    from align.checkpoints import digest_of, open_model
    from align.quieting import quiet

    out = merged_folder(name)
    mark = out / MARK
    loaded = open_model(name)
    digest = digest_of(name, loaded)
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest:
        return out
    shutil.rmtree(out, ignore_errors=True)
    with quiet():
        loaded.model.save_pretrained(str(out))
        loaded.processor.save_pretrained(str(out))
    mark.write_text(digest, encoding="utf-8")
    return out
