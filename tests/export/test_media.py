from pathlib import Path

import pyarrow as pa
import pytest

from export.media import MediaBatch, RowFiles
from export.turns import Turns
from schemas.arrow import to_table
from schemas.candidate import Medium
from schemas.pair import PreferencePair
from tests.support.pairs import frames, pair, picture, stored, user


def batch_of(rows: list[PreferencePair]) -> tuple[MediaBatch, Turns]:
    table = to_table(rows, PreferencePair).combine_chunks().to_batches()[0]
    return MediaBatch.of(table.column("media")), Turns.of(table.column("messages"))


@pytest.fixture
def media(tmp_path: Path) -> list[Medium]:
    video = stored(tmp_path, b"video", "mp4", kind="video")
    return [picture(tmp_path, 1), frames(tmp_path, [2, 3]), video, picture(tmp_path, 4)]


def test_files_by_row_stand_in_the_order_of_the_media(media: list[Medium]) -> None:
    batch, _ = batch_of([pair(media=media), pair()])
    one, two, video, four = media
    assert batch.by_row() == [
        RowFiles((one.file, *two.frames, four.file), (video.file,)),
        RowFiles(),
    ]


def test_places_say_where_a_medium_stands_among_its_rows_files(media: list[Medium]) -> None:
    batch, _ = batch_of([pair(media=[*media, media[2]]), pair(media=media[3:])])
    first, count = batch.places()
    assert first.tolist() == [0, 1, 0, 3, 1, 0]
    assert count.tolist() == [1, 2, 1, 1, 1, 1]


def test_files_by_use_stand_in_the_order_of_the_messages(media: list[Medium]) -> None:
    one, two, _, four = media
    asked = [user(3, "then", 0), user(1, "and once more", 3)]
    batch, turns = batch_of([pair(asked, media), pair()])
    shown = (four.file, one.file, *two.frames, four.file)
    assert batch.by_use(turns) == [RowFiles(shown), RowFiles()]
    assert batch.pictures_of_part(turns).tolist() == [1, 0, 1, 2, 0, 1, 0]


def test_a_place_that_is_no_medium_is_an_absent_file(media: list[Medium]) -> None:
    broken = pair(media=media[:1]).model_copy(update={"messages": (user(1),)})
    batch, turns = batch_of([pair(), broken])
    assert batch.by_use(turns)[1] == RowFiles((None,))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a.png", "/etc/passwd", "", "0" * 64 + ".p/g"]
)
def test_a_name_that_the_store_would_not_give_is_never_followed(name: str) -> None:
    for medium in (Medium(kind="image", file=name), Medium(kind="frames", frames=(name,))):
        batch, _ = batch_of([pair(media=[medium])])
        assert batch.by_row() == [RowFiles((None,))]


def test_an_unread_medium_and_frames_without_a_frame_are_absent() -> None:
    unread = Medium(kind="image", path="lost.png")
    batch, _ = batch_of([pair(media=[unread]), pair(media=[Medium(kind="frames")])])
    assert batch.by_row() == [RowFiles((None,)), RowFiles((None,))]


def test_rows_with_a_video_file_are_told(media: list[Medium]) -> None:
    batch, _ = batch_of([pair(), pair(media=media), pair(media=media[:2])])
    assert batch.rows_with_video().tolist() == [False, True, False]


def test_a_batch_without_media_has_none() -> None:
    batch = MediaBatch.of(
        pa.array([[], []], to_table([pair()], PreferencePair).field("media").type)
    )
    assert batch.by_row() == [RowFiles(), RowFiles()]
    assert not batch.rows_with_video().any()
