"""Looks: hashes and grids of pictures, what has none, and how keys find near hashes."""

from io import BytesIO
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from curate.kernels.bands import BAND_KEYS, BAND_PROBES, turns
from curate.kernels.looks import correlated, grids, hashes, is_blank, spreads, steps_of
from curate.kernels.thumbnails import SIDE, thumbnail
from curate.media.rules import MediumFaultError
from tests.support.drawn import jpeg, png, scene

INT64 = st.integers(-(2**63), 2**63 - 1)


def squares(*files: bytes) -> Any:
    return np.array([thumbnail(data)[0] for data in files])


def distance(one: int, other: int) -> int:
    return int(np.bitwise_count(np.int64(one) ^ np.int64(other)))


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def test_the_dct_hash_is_what_scipy_and_a_median_give() -> None:
    from scipy import fft

    square = squares(jpeg(scene(1)))[0].astype(float)
    small = square.reshape(32, 2, 32, 2).mean(axis=(1, 3))
    waves = fft.dctn(small, type=2)[:8, :8].ravel()
    bits = waves > np.median(waves[1:])
    bits[0] = False
    found = hashes(square[None].astype(np.uint8))[0, 0]
    assert [bool(int(found) >> place & 1) for place in range(64)] == bits.tolist()


def test_a_mirrored_picture_has_the_views_of_the_picture_in_pairs_changed() -> None:
    square = squares(jpeg(scene(2)))
    mirrored = square[:, :, ::-1]
    found, turned = hashes(square)[0], hashes(mirrored)[0]
    assert all(distance(found[view], turned[view ^ 1]) <= 2 for view in range(len(found)))
    assert (grids(square)[0, 0] == grids(mirrored)[0, 1]).all()


def test_a_crop_is_found_by_the_frame_it_was_cut_to() -> None:
    picture = scene(3)
    width, height = picture.size
    box = (int(width * 0.06), int(height * 0.06), int(width * 0.94), int(height * 0.94))
    whole, crop = hashes(squares(jpeg(picture), jpeg(picture.crop(box))))
    assert distance(whole[4], crop[0]) <= 4 < distance(whole[0], crop[0])


def _agree(one: Any, other: Any) -> bool:
    return bool(correlated(*spreads(one, other), 9)[0])


def test_grids_have_four_steps_and_agree_with_themselves_alone() -> None:
    found = grids(squares(*(jpeg(scene(seed)) for seed in range(6))))[:, 0]
    assert set(np.unique(steps_of(found)).tolist()) == {-3, -1, 1, 3}
    agree = [[_agree(one[None], other[None]) for other in found] for one in found]
    assert (np.array(agree) == np.eye(6, dtype=bool)).all()


@given(cells=st.lists(st.sampled_from([-3, -1, 1, 3]), min_size=512, max_size=512))
def test_grids_agree_where_their_correlation_is_nine_tenths(cells: list[int]) -> None:
    rows = np.array(cells).reshape(2, 256)
    rows[1, : 256 - cells[0] * 20] = rows[0, : 256 - cells[0] * 20]
    packed = np.zeros((2, 64), np.uint8)
    for place in range(4):
        packed |= ((rows[:, place::4] + 3) // 2).astype(np.uint8) << np.uint8(2 * place)
    assert (steps_of(packed) == rows).all()
    expected = np.corrcoef(rows)[0, 1] if (rows.std(axis=1) > 0).all() else 0
    if abs(expected - 0.9) > 1e-9:
        assert _agree(packed[:1], packed[1:]) is bool(expected > 0.9)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_picture_of_one_grey_is_blank(level: int) -> None:
    assert is_blank(squares(png(Image.new("RGB", (300, 200), (level,) * 3)))).tolist() == [True]
    assert is_blank(squares(jpeg(scene(4)))).tolist() == [False]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_turned_picture_is_seen_as_viewers_show_it(orientation: int, kind: str) -> None:
    picture = scene(5).resize((96, 64))
    exif = picture.getexif()
    exif[0x0112] = orientation
    data = saved(picture, kind, exif=exif)
    shown = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    assert shown is not None
    square, width, height = thumbnail(data)
    assert (width, height) == shown.size
    seen = thumbnail(saved(shown.convert("RGB")))[0]
    assert np.abs(square.astype(int) - seen).mean() < 4


def test_what_is_transparent_lies_on_white() -> None:
    layer = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    layer.paste((0, 0, 0, 255), (0, 0, 50, 100))
    square = thumbnail(saved(layer))[0]
    assert square[:, : SIDE // 2 - 1].max() == 0
    assert square[:, SIDE // 2 + 1 :].min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I"])
def test_every_mode_of_pixels_has_a_look(mode: str) -> None:
    grey = scene(6).convert("L")
    picture = grey.convert("I").point(lambda it: it * 200) if mode[0] == "I" else grey.convert(mode)
    kind = "TIFF" if mode in ("CMYK", "I") else "PNG"
    found = hashes(squares(saved(picture.convert(mode), kind), saved(grey)))[:, 0]
    assert distance(*found) <= (16 if mode == "1" else 4)


def test_an_animation_looks_like_its_first_frame() -> None:
    first, second = scene(7).resize((200, 150)), scene(8).resize((200, 150))
    moving = saved(first, "GIF", save_all=True, append_images=[second])
    found = hashes(squares(moving, png(first)))[:, 0]
    assert distance(*found) <= 4


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff", png(scene(1))[:200], b"<svg/>"])
def test_bytes_that_are_no_picture_are_a_fault(data: bytes) -> None:
    with pytest.raises(MediumFaultError):
        thumbnail(data)


@given(one=INT64, turned=st.sets(st.integers(0, 63), max_size=7))
def test_hashes_that_differ_in_seven_bits_or_fewer_share_a_key(one: int, turned: set[int]) -> None:
    other = one
    for bit in turned:
        other ^= -(2**63) if bit == 63 else 1 << bit
    columns = {"picture_no": [1], "hash": pa.array([one], pa.int64())}
    keys = BAND_KEYS.apply(pa.record_batch(columns))["key"].to_pylist()
    probe = {"picture_no": [2], "hash": pa.array([other], pa.int64()), "view": [4]}
    probes = BAND_PROBES.apply(pa.record_batch(probe))["key"].to_pylist()
    turned_keys = {key ^ turn for key in probes for turn in turns()["turn"].to_pylist()}
    assert set(keys) & turned_keys
