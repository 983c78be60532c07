from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from curate.media.stored import StoredMedia
from export import rowgroups
from export.features import MEDIA
from export.media import NO_FILES, RowFiles
from export.rowgroups import RowGroups
from export.shape import Shape, Shaped
from tests.support.pairs import picture, stored


def shape(*media: str) -> Shape:
    fields = [("n", pa.int64()), *((name, MEDIA) for name in media)]
    return Shape("made-up", pa.schema(fields), media, lambda batch: shaped(batch.num_rows))


def shaped(rows: int, files: RowFiles = NO_FILES, start: int = 0, **refused: list[int]) -> Shaped:
    table = pa.RecordBatch.from_pydict({"n": list(range(start, start + rows))})
    masks = {reason: np.isin(np.arange(rows), at) for reason, at in refused.items()}
    return Shaped(table, [files] * rows, masks)


def cut(groups: RowGroups, *batches: Shaped) -> list[list[int]]:
    cuts = [group.column("n").to_pylist() for batch in batches for group in groups.add(batch)]
    return cuts + [group.column("n").to_pylist() for group in groups.rest()]


def test_group_has_a_hundred_rows_with_pictures_across_batches(tmp_path: Path) -> None:
    files = RowFiles((picture(tmp_path).file,))
    batches = [shaped(70, files, start) for start in (0, 70, 140)]
    numbers = cut(RowGroups(shape("images"), StoredMedia(tmp_path)), *batches)
    assert [len(group) for group in numbers] == [100, 100, 10]
    assert [n for group in numbers for n in group] == list(range(210))


def test_rows_without_pictures_do_not_fill_a_group_of_pictures(tmp_path: Path) -> None:
    numbers = cut(RowGroups(shape("images"), StoredMedia(tmp_path)), shaped(500))
    assert [len(group) for group in numbers] == [500]


def test_group_of_texts_has_ten_thousand_rows(tmp_path: Path) -> None:
    numbers = cut(RowGroups(shape(), StoredMedia(tmp_path)), shaped(6_000), shaped(6_000))
    assert [len(group) for group in numbers] == [10_000, 2_000]


def test_group_ends_before_it_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rowgroups, "GROUP_BYTES", 1000)
    small, large = (
        RowFiles((stored(tmp_path, b"\xff\xd8\xff" + b"x" * size, "jpg").file,))
        for size in (397, 1997)
    )
    groups = RowGroups(shape("images"), StoredMedia(tmp_path))
    batches = [shaped(3, small), shaped(1, large, 3), shaped(2, small, 4)]
    assert cut(groups, *batches) == [[0, 1], [2], [3], [4, 5]]


def test_row_counts_under_its_first_reason_and_is_left_out(tmp_path: Path) -> None:
    groups = RowGroups(shape(), StoredMedia(tmp_path))
    assert cut(groups, shaped(5, empty=[1, 2], duplicate=[2, 4])) == [[0, 3]]
    assert groups.refused == {"empty": 2, "duplicate": 1}


def test_row_with_a_lost_picture_is_counted_and_left_out(tmp_path: Path) -> None:
    groups = RowGroups(shape("images"), StoredMedia(tmp_path))
    here = RowFiles((picture(tmp_path).file,))
    lost = RowFiles((*here.images, "0" * 64 + ".png"))
    assert cut(groups, shaped(2, here), shaped(3, lost, 2), shaped(1, here, 5)) == [[0, 1, 5]]
    assert groups.refused == {"missing_media": 3}


def test_a_lost_video_takes_the_pictures_of_its_row_with_it(tmp_path: Path) -> None:
    groups = RowGroups(shape("images", "videos"), StoredMedia(tmp_path))
    images, video = (picture(tmp_path).file,), stored(tmp_path, b"", "mp4").file
    list(groups.add(shaped(1, RowFiles(images, (video,)))))
    list(groups.add(shaped(1, RowFiles(images), 1)))
    (group,) = groups.rest()
    assert group.column("n").to_pylist() == [1]
    assert [len(row) for row in group.column("images").to_pylist()] == [1]
    assert group.column("videos").to_pylist() == [[]]


def test_no_rows_give_no_group(tmp_path: Path) -> None:
    assert cut(RowGroups(shape("images"), StoredMedia(tmp_path)), shaped(2, empty=[0, 1])) == []
