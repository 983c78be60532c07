from collections.abc import Callable

import pyarrow as pa
import pytest

from export.buffers import Mask
from export.checks import (
    common_refusals,
    has_system,
    image_token,
    media_token,
    not_alternating,
    picture_extension,
    several_media,
    several_turns,
    system_shows_media,
)
from export.turns import Turns
from schemas.arrow import to_table
from schemas.candidate import Medium
from schemas.pair import PreferencePair
from tests.support.pairs import pair, turn, user

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def batch_of(*rows: PreferencePair) -> pa.RecordBatch:
    return to_table(rows, PreferencePair).combine_chunks().to_batches()[0]


def reasons(*rows: PreferencePair) -> list[list[str]]:
    batch = batch_of(*rows)
    masks = common_refusals(batch, Turns.of(batch.column("messages")))
    return [[reason for reason, mask in masks.items() if mask[n]] for n in range(len(rows))]


def test_a_good_pair_passes() -> None:
    assert reasons(pair(), pair([user("a"), turn("assistant", "b"), user("c")])) == [[], []]


def test_answers_that_differ_in_outer_space_only_are_the_same() -> None:
    assert reasons(pair(chosen="Two.", rejected="\n Two.\u00a0"), pair(chosen="two.")) == [
        ["duplicate"],
        [],
    ]


@pytest.mark.parametrize("blank", ["", "  \n", "\u3000"])
def test_a_blank_answer_is_refused_on_either_side(blank: str) -> None:
    assert reasons(pair(chosen=blank), pair(rejected=blank)) == [["empty_response"]] * 2


def test_a_null_answer_is_refused() -> None:
    batch = batch_of(pair())
    nulls = pa.array([None], pa.string())
    batch = batch.set_column(batch.schema.get_field_index("chosen"), "chosen", nulls)
    masks = common_refusals(batch, Turns.of(batch.column("messages")))
    assert masks["empty_response"].tolist() == [True]


def test_a_prompt_without_text_or_picture_is_refused() -> None:
    assert reasons(pair([user()]), pair([user(" ")]), pair([user(0)], [Medium(kind="image")])) == [
        ["empty_prompt"],
        ["empty_prompt"],
        [],
    ]


def test_a_prompt_that_is_already_answered_is_refused() -> None:
    assert reasons(pair([user("a"), turn("assistant", "b")])) == [["mismatched_prompt"]]


def test_the_image_token_in_any_text_is_told() -> None:
    batch = batch_of(
        pair(),
        pair([user("What does <image> mean?")]),
        pair(chosen="It is <image>."),
        pair(rejected="<image>"),
    )
    found = image_token(batch, Turns.of(batch.column("messages")))
    assert found.tolist() == [False, True, True, True]


@pytest.mark.parametrize("token", ["<|image_pad|>", "<image_soft_token>", "[IMG]", "<|image|>"])
def test_a_mark_of_one_familys_pictures_is_told_too(token: str) -> None:
    batch = batch_of(pair(chosen=f"I see {token} here."), pair(chosen="[image] | <img_pad>"))
    turns = Turns.of(batch.column("messages"))
    assert image_token(batch, turns).tolist() == [True, False]
    assert media_token(batch, turns).tolist() == [True, False]


SYSTEM, ASSISTANT = turn("system", "Be short."), turn("assistant", "b")
SHAPES = [
    [user("a")],
    [user(0, "a")],
    [user(0, "a", 0)],
    [user(0), ASSISTANT, user(1)],
    [SYSTEM, user("a")],
    [turn("system", 0), user("a")],
    [user("a"), user("b"), user("c")],
    [ASSISTANT, user("a")],
    [user("a"), SYSTEM, user("b")],
    [SYSTEM, SYSTEM, user("b")],
]


@pytest.mark.parametrize(
    ("check", "found"),
    [
        (several_media, [2, 3]),
        (has_system, [4, 5, 8, 9]),
        (system_shows_media, [5]),
        (several_turns, [3, 4, 5, 6, 7, 8, 9]),
        (not_alternating, [6, 7, 8, 9]),
    ],
)
def test_shapes_of_prompts_are_told(check: Callable[[Turns], Mask], found: list[int]) -> None:
    media = [Medium(kind="image", sha256=digit * 64) for digit in "ab"]
    batch = batch_of(*(pair(shape, media) for shape in SHAPES))
    mask = check(Turns.of(batch.column("messages")))
    assert [number for number, hit in enumerate(mask) if hit] == found


@pytest.mark.parametrize(
    ("name", "head", "extension"),
    [
        ("a.png", PNG, "png"),
        ("a.jpg", PNG, "png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "jpeg"),
        ("a.png", b"GIF89a", "gif"),
        ("a.png", b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        ("a.bin", b"BM\0\0", "bmp"),
        ("a.tif", b"II*\0", "tif"),
        ("a.avif", b"\0\0\0\x20ftypavif", "avif"),
        ("a.jpg", b"<svg xmlns=", None),
        ("a.png", b"", None),
        ("a.jp2", b"\0\0\0\x0cjP  ", "jp2"),
    ],
)
def test_extension_is_the_one_that_the_bytes_call_for(
    name: str, head: bytes, extension: str | None
) -> None:
    assert picture_extension(name, head) == extension
