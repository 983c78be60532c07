"""Pictures are believed after decoding, and by their bytes alone."""

import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from curate.media.decoding import quiet_decoding
from curate.media.pictures import check_picture, picture_format
from curate.media.rules import Limits, MediumFaultError
from tests.support.pictures import bomb, picture_bytes, png_of, png_with_chunk

LIMITS = Limits()


def fault_of(data: bytes, limits: Limits = LIMITS) -> MediumFaultError:
    with pytest.raises(MediumFaultError) as caught:
        check_picture(data, limits)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "extension"),
    [
        ("PNG", "png"),
        ("JPEG", "jpg"),
        ("WEBP", "webp"),
        ("GIF", "gif"),
        ("BMP", "bmp"),
        ("TIFF", "tif"),
    ],
)
def test_each_format_is_told_by_its_bytes(kind: str, extension: str) -> None:
    picture = check_picture(picture_bytes(kind, size=(9, 5)), LIMITS)
    assert (picture.extension, picture.width, picture.height) == (extension, 9, 5)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("PNG", "I;16"), ("PNG", "P"), ("PNG", "1"), ("PNG", "RGBA"), ("TIFF", "F")],
)
def test_unusual_pixel_modes_are_readable(kind: str, mode: str) -> None:
    assert check_picture(picture_bytes(kind, mode), LIMITS).width == 8


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_width_and_height_are_as_shown_after_exif_rotation(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = picture_bytes(kind, size=(9, 5), exif=exif.tobytes())
    picture = check_picture(data, LIMITS)
    assert (picture.width, picture.height) == ((5, 9) if orientation > 4 else (9, 5))
    assert check_picture(data, LIMITS, decode=False) == picture


def test_header_alone_is_read_without_decoding() -> None:
    data = picture_bytes("PNG", size=(300, 300))
    cut = data[: len(data) // 2]
    assert fault_of(cut).reason == "unreadable_media"
    assert check_picture(cut, LIMITS, decode=False).width == 300


def test_broken_exif_block_does_not_keep_a_picture_out() -> None:
    data = picture_bytes("JPEG", size=(9, 5), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    with quiet_decoding():
        assert check_picture(data, LIMITS).width == 9


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_animation_is_a_picture_by_its_first_frame(kind: str) -> None:
    frames = [Image.new("RGB", (7, 4), (shade, 0, 0)) for shade in (0, 90, 180)]
    buffer = BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    assert check_picture(buffer.getvalue(), LIMITS).height == 4


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_animation_is_oversized_when_all_its_frames_together_are(kind: str) -> None:
    frames = [Image.new("RGB", (7, 4), (shade, 0, 0)) for shade in (0, 90, 180)]
    buffer = BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    fault = fault_of(buffer.getvalue(), Limits(animation_pixels=7 * 4 * 3 - 1))
    assert fault.reason == "oversized_media"
    assert "3 frames" in fault.detail


def test_bomb_is_refused_by_its_header_before_decoding() -> None:
    fault = fault_of(bomb())
    assert fault.reason == "oversized_media"
    assert "40000 x 40000" in fault.detail


def test_picture_at_the_pixel_limit_is_taken_and_one_row_more_is_not() -> None:
    limits = Limits(picture_pixels=48)
    assert check_picture(picture_bytes(size=(8, 6)), limits).height == 6
    assert fault_of(picture_bytes(size=(8, 7)), limits).reason == "oversized_media"


def test_file_over_the_byte_limit_is_oversized() -> None:
    fault = fault_of(picture_bytes(), Limits(picture_bytes=10))
    assert (fault.reason, "more than 10" in fault.detail) == ("oversized_media", True)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "0 bytes"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\n<!DOCTYPE html><html></html>", "HTML"),
        (b"PK\x03\x04rest of an archive", "zip"),
        (b"%PDF-1.7", "%PDF"),
        (b"\x89PNG\r\n\x1a\n", "decode"),
        (b"\xff\xd8\xff", "decode"),
        (png_of(0, 5, zlib.compress(b"")), "decode"),
    ],
)
def test_what_is_no_picture_is_unreadable_and_says_what_it_is(data: bytes, told: str) -> None:
    fault = fault_of(data)
    assert fault.reason == "unreadable_media"
    assert told in fault.detail


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("kept", [0.2, 0.6, 0.9])
def test_truncated_picture_is_unreadable(kind: str, kept: float) -> None:
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    buffer = BytesIO()
    noise.save(buffer, kind)
    data = buffer.getvalue()
    assert fault_of(data[: int(len(data) * kept)]).reason == "unreadable_media"


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_jpeg_that_misses_its_last_bytes_is_unreadable(options: dict[str, bool]) -> None:
    data = picture_bytes("JPEG", "RGB", (640, 480), 0, **options)
    assert fault_of(data[:-40]).reason == "unreadable_media"


def test_text_chunk_that_unpacks_to_a_hundred_megabytes_is_refused() -> None:
    body = b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9)
    assert fault_of(png_with_chunk(b"zTXt", body)).reason == "unreadable_media"


@given(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"]), st.data())
def test_mutated_pictures_are_read_or_faulted_and_never_raise_anything_else(
    kind: str, data: st.DataObject
) -> None:
    changed = bytearray(picture_bytes(kind, size=(24, 16)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
    try:
        picture = check_picture(bytes(changed), LIMITS)
        held = picture.width * picture.height <= LIMITS.picture_pixels
    except MediumFaultError as fault:
        held = fault.reason in ("unreadable_media", "oversized_media")
    assert held


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_no_picture(data: bytes) -> None:
    if picture_format(data) is None:
        assert fault_of(data).reason == "unreadable_media"
    else:
        assert fault_of(data).reason in ("unreadable_media", "oversized_media")
