"""Pairs through our own export and back as training rows, as a user's come."""

from collections.abc import Sequence
from pathlib import Path

from align.rows import Rows, load_rows
from benchmarks.align.pairs import Pair
from benchmarks.align.scenes import SIDE
from export.base import ExportOptions
from export.folder import record
from export.registry import get_format
from schemas.pair import PreferencePair
from tests.support.pairs import build, stored, user
from tests.support.pairs import pair as preference

FORMAT = "trl"


def exported(pairs: Sequence[Pair], folder: Path) -> Rows:
    """The rows of a `trl` export of the pairs, written into the folder and read from it."""
    source = build(folder, [_preference(pair, folder / "media") for pair in pairs])
    out = folder / "export"
    result = get_format(FORMAT).write(source, out, ExportOptions())
    record(out, format=FORMAT, build_id=source.build_id)
    rows = load_rows(out, FORMAT, folder / "cache")
    if len(rows.train) != len(pairs):
        raise RuntimeError(f"the export refused pairs: {dict(result.refused)}")
    return rows


def _preference(pair: Pair, store: Path) -> PreferencePair:
    medium = stored(store, pair.picture, "png").model_copy(update={"width": SIDE, "height": SIDE})
    return preference(
        [user(0, pair.question)],
        [medium],
        pair.chosen,
        pair.rejected,
        delta=None if pair.delta is None else f"{pair.delta:.6f}",
        delta_source=None if pair.delta is None else "reward_model",
    )
