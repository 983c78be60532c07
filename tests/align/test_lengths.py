"""The tokens of a row are those that TRL's collator makes of it, pictures included."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from tests.support.aligning import some_pairs, trl_rows
from tests.support.pairs import pair, stored, user
from tests.support.tiny_models import FAMILIES, tiny_llama, tiny_model
from tests.support.trainers import TRAINS

pytestmark = TRAINS


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("pairs")
    return trl_rows(folder, some_pairs(folder / "media"))


def loaded(made: tuple[Any, Any]) -> Any:
    from align.loading import Loaded

    return Loaded(*made, sees=hasattr(made[1], "image_processor"))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_row_takes_what_the_collator_makes_of_it(family: str, rows: Any) -> None:
    from trl.trainer.dpo_trainer import DataCollatorForVisionPreference

    from align.lengths import Lengths

    made = tiny_model(family)
    lengths = Lengths(loaded(made))
    for row in rows:
        batch = DataCollatorForVisionPreference(made[1])([dict(row)])
        assert lengths.of(row) == batch["attention_mask"].sum(dim=1).max()


@pytest.mark.parametrize("family", FAMILIES)
def test_rows_over_the_limit_are_left_out_and_counted(family: str, rows: Any) -> None:
    from align.lengths import Lengths, within

    model = loaded(tiny_model(family))
    counts = [Lengths(model).of(row) for row in rows]
    most = sorted(counts)[2]
    kept, over = within(rows, model, most)
    assert kept["pair_id"] == [
        name for name, count in zip(rows["pair_id"], counts, strict=True) if count <= most
    ]
    assert over == sum(count > most for count in counts) > 0
    same, none = within(rows, model, max(counts))
    assert (len(same), none) == (len(rows), 0)


def test_texts_of_a_text_model_are_counted(tmp_path: Path) -> None:
    from align.lengths import Lengths, within

    pairs = [pair([user(f"{'How many ' * n}?")]) for n in (1, 30, 200)]
    rows = trl_rows(tmp_path, pairs)
    model = loaded(tiny_llama())
    counts = [Lengths(model).of(row) for row in rows]
    text = "user: How many ?</s>assistant: Three cups.</s>"
    assert min(counts) == len(text.replace("</s>", "|"))
    kept, over = within(rows, model, sorted(counts)[1])
    assert (len(kept), over) == (2, 1)


def test_pictures_are_measured_upright_and_without_their_pixels(tmp_path: Path) -> None:
    """A picture that its EXIF turns is as wide as it is high in the file."""
    from align.lengths import kept_where

    plain, turned = BytesIO(), BytesIO()
    drawn = Image.new("RGB", (30, 12), "red")
    drawn.save(plain, "JPEG")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    drawn.save(turned, "JPEG", exif=exif)
    media = [stored(tmp_path / "media", data.getvalue(), "jpg") for data in (plain, turned)]
    rows = trl_rows(tmp_path, [pair([user(0, "What ?")], [medium]) for medium in media])
    seen: dict[str, tuple[int, int]] = {}
    kept_where(rows, lambda row: not seen.update({row["pair_id"]: row["images"][0].size}))
    decoded = {row["pair_id"]: row["images"][0].size for row in rows}
    assert seen == decoded
    assert sorted(seen.values()) == [(12, 30), (30, 12)]
