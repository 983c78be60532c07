"""Exports of made-up answers about pictures of a usual size."""

from pathlib import Path
from random import Random

from align.rows import Rows, load_rows
from export.base import ExportOptions
from export.folder import record
from export.registry import get_format
from schemas.pair import PreferencePair
from tests.support.drawn import jpeg, scene
from tests.support.pairs import build, pair, reason, stored, user

PICTURE = (1024, 768)
ANSWER = (150, 900)
"""Characters, which are tokens here: about those of long and short answers of MM-RLHF."""

CRITIQUE = 300
WORDS = ("the", "a", "red", "cup", "left", "of", "two", "blue", "plates", "on", "wooden", "table")


def exported(name: str, count: int, folder: Path, *, small: bool) -> Rows:
    """The rows of an export by that format, each about a picture of its own."""
    rng = Random("gpu")
    source = build(folder, [_pair(number, folder / "media", rng, small) for number in range(count)])
    get_format(name).write(source, folder / "export", ExportOptions())
    record(folder / "export", format=name, build_id=source.build_id)
    return load_rows(folder / "export", name, folder / "cache")


def _pair(number: int, store: Path, rng: Random, small: bool) -> PreferencePair:  # noqa: FBT001
    size = (32, 24) if small else PICTURE
    shown = stored(store, jpeg(scene(number).resize(size), 90), "jpg")
    medium = shown.model_copy(update={"width": size[0], "height": size[1]})
    least, most = (8, 24) if small else ANSWER
    sides = [_said(rng, rng.randint(least, most)) for _ in range(2)]
    made = pair(
        [user(0, f"What is in picture {number} ?")],
        [medium],
        *sides,
        delta=f"{rng.uniform(-1, 4):.6f}",
        delta_source="reward_model",
    )
    critique = _said(rng, 16 if small else CRITIQUE)
    reasons = (reason(critique, made.chosen_id), reason(critique[::-1], made.rejected_id))
    return made.model_copy(update={"rationales": reasons})


def _said(rng: Random, length: int) -> str:
    words = [rng.choice(WORDS) for _ in range(length // 3)]
    return " ".join(words)[:length].strip()
