"""Pictures for a judge: as they are where that will do, else upright, small and reproducible."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from annotate.prompting.pictures import UnreadablePictureError, scaled
from tests.support.pictures import picture_bytes

CORNER = (0, 0)


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _colourful(size: tuple[int, int]) -> Image.Image:
    """Many colours, as in a photograph."""
    red, green = (Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size))
    return Image.merge("RGB", (red, green, red.rotate(90).resize(size)))


def _turned(image: Image.Image, orientation: int, kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x112] = orientation
    return _saved(image, kind, exif=exif)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_small_picture_stays_byte_for_byte(kind: str) -> None:
    data = picture_bytes(kind, size=(40, 30))
    assert scaled(data, 40) == (data, f"image/{kind.lower()}")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_small_png_of_any_kind_stays_as_it_is(mode: str) -> None:
    data = _saved(Image.new(mode, (8, 6)), "PNG")
    assert scaled(data, 8) == (data, "image/png")


def test_heic_is_passed_on_unread() -> None:
    data = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
    assert scaled(data, 8) == (data, "image/heic")


def test_a_jpeg_with_pictures_behind_it_is_a_jpeg() -> None:
    data = _saved(_colourful((40, 30)), "MPO", save_all=True, append_images=[_colourful((40, 30))])
    assert _opened(data).format == "MPO"
    assert scaled(data, 40) == (data, "image/jpeg")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((400, 300), (100, 75)),
        ((300, 400), (75, 100)),
        ((1000, 1), (100, 1)),
        ((101, 101), (100, 100)),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "TIFF"])
def test_the_longer_side_is_brought_down(
    kind: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    data, _ = scaled(_saved(_colourful(size), kind), 100)
    assert _opened(data).size == expected


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_large_photograph_becomes_a_jpeg(kind: str) -> None:
    data, mime = scaled(_saved(_colourful((600, 400)), kind), 300)
    assert (mime, _opened(data).format) == ("image/jpeg", "JPEG")


def test_a_png_with_many_colours_becomes_a_jpeg_only_where_it_stays_large() -> None:
    data = _saved(_colourful((1200, 900)), "PNG")
    assert scaled(data, 800)[1] == "image/jpeg"
    assert scaled(data, 256)[1] == "image/png"


def test_a_chart_stays_a_png() -> None:
    chart = Image.new("RGB", (1200, 900), "white")
    chart.paste((200, 0, 0), (100, 100, 300, 900))
    data, mime = scaled(_saved(chart, "PNG"), 800)
    assert mime == "image/png"
    assert _opened(data).convert("RGB").getpixel((100, 300)) == (200, 0, 0)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_what_shows_through_stays_so(kind: str) -> None:
    image = _colourful((1200, 900))
    image.putalpha(Image.linear_gradient("L").resize((1200, 900)))
    data, mime = scaled(_saved(image, kind), 800)
    assert (mime, _opened(data).mode) == ("image/png", "RGBA")


def test_an_alpha_channel_that_hides_nothing_is_left_out() -> None:
    data, mime = scaled(_saved(_colourful((1200, 900)).convert("RGBA"), "PNG"), 800)
    assert (mime, _opened(data).mode) == ("image/jpeg", "RGB")


def test_a_transparent_palette_colour_shows_through() -> None:
    image = Image.new("P", (40, 30), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    data, _ = scaled(_saved(image, "PNG", transparency=0), 20)
    assert _opened(data).getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("max_side", [90, 45])
def test_a_picture_comes_upright(kind: str, orientation: int, max_side: int) -> None:
    # What the camera saw: red above on the left, and nothing else.
    seen = Image.new("RGB", (90, 60), "white")
    seen.paste((255, 0, 0), (0, 0, 30, 30))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = seen.transpose(Image.Transpose(back[orientation])) if orientation > 1 else seen
    data, _ = scaled(_turned(stored, orientation, kind), max_side)
    shown = _opened(data).convert("RGB")
    assert shown.size == (max_side, max_side * 2 // 3)
    assert Image.Image.getexif(shown).get(0x112, 1) == 1
    _is_red(shown, (max_side // 9, max_side // 9))
    _is_white(shown, (max_side * 8 // 9, max_side // 9))
    _is_white(shown, (max_side // 9, max_side * 5 // 9))


def _pixel(image: Image.Image, place: tuple[int, int]) -> tuple[int, int, int]:
    red, green, blue = image.convert("RGB").crop((*place, place[0] + 1, place[1] + 1)).tobytes()
    return red, green, blue


def _is_red(image: Image.Image, place: tuple[int, int]) -> None:
    red, green, blue = _pixel(image, place)
    assert red > 230
    assert max(green, blue) < 40


def _is_white(image: Image.Image, place: tuple[int, int]) -> None:
    assert min(_pixel(image, place)) > 230


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_broken_exif_block_turns_nothing() -> None:
    data = _saved(_colourful((60, 40)), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    assert scaled(data, 60) == (data, "image/jpeg")
    assert _opened(scaled(data, 30)[0]).size == (30, 20)


def test_the_first_frame_of_an_animation_is_sent() -> None:
    red, blue = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    for kind in ("GIF", "WEBP", "PNG"):
        data = _saved(red, kind, save_all=True, append_images=[blue], duration=100)
        still, mime = scaled(data, 40)
        assert mime in ("image/png", "image/jpeg")
        assert getattr(_opened(still), "n_frames", 1) == 1
        _is_red(_opened(still), CORNER)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_a_format_that_servers_do_not_take_is_changed(kind: str) -> None:
    data, mime = scaled(picture_bytes(kind, size=(40, 30)), 100)
    assert (mime, _opened(data).format, _opened(data).size) == ("image/png", "PNG", (40, 30))


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    data = _saved(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG")
    plain, mime = scaled(data, 100)
    assert (mime, _opened(plain).mode) == ("image/jpeg", "RGB")
    _is_red(_opened(plain), CORNER)


def test_sixteen_bits_become_eight_without_being_clipped() -> None:
    data, _ = scaled(_saved(Image.new("I;16", (40, 30), 128 * 256), "PNG"), 20)
    assert _opened(data).getpixel(CORNER) == 128


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "I", "F"]
)
def test_every_mode_of_a_tiff_is_taken(mode: str) -> None:
    image = Image.new("RGBA", (40, 30), "red").convert("RGB" if mode == "CMYK" else mode)
    data, _ = scaled(_saved(image.convert(mode), "TIFF"), 20)
    assert _opened(data).size == (20, 15)


def test_metadata_is_left_behind() -> None:
    photo = _saved(_colourful((60, 40)), "JPEG", comment=b"by someone", icc_profile=b"x" * 200)
    chart = _saved(Image.new("RGB", (60, 40)), "PNG", icc_profile=b"x" * 200)
    for data in (photo, chart):
        assert not set(_opened(scaled(data, 30)[0]).info) & {"comment", "icc_profile", "exif"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_same_bytes_come_out_each_time(kind: str) -> None:
    data = _saved(_colourful((600, 400)), kind)
    assert scaled(data, 300) == scaled(data, 300)
    assert scaled(scaled(data, 300)[0], 300) == scaled(data, 300)


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg/>"]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePictureError, match="does not decode"):
        scaled(data, 100)


def test_a_picture_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(UnreadablePictureError):
        scaled(picture_bytes(size=(40, 30)), 20)


@given(
    kind=st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"]),
    place=st.integers(0, 2000),
    byte=st.integers(0, 255),
    cut=st.integers(0, 2000),
)
def test_damaged_bytes_are_a_picture_or_refused(kind: str, place: int, byte: int, cut: int) -> None:
    data = bytearray(picture_bytes(kind, size=(40, 30)))
    data[place % len(data)] = byte
    try:
        small, mime = scaled(bytes(data[: len(data) - cut % len(data) // 2]), 20)
    except UnreadablePictureError:
        return
    assert small
    assert mime.startswith("image/")
