"""Counts beside the library's own call, for processors that need torch and torchvision."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest

from curate.tokens.conversation import Conversation, Turn
from curate.tokens.counting import tokens_of
from curate.tokens.reader import TransformersReader
from tests.support import tiny_tokenizers as tiny
from tests.support.needed import missing

pytestmark = [
    pytest.mark.embed,
    # Raised by torch and transformers among themselves.
    pytest.mark.filterwarnings("ignore"),
]
SHOWN: list[tuple[tuple[int, int], ...]] = [
    (),
    ((30, 40),),
    ((300, 700),),
    ((1081, 1921),),
    ((640, 481), (333, 900)),
    ((77, 50), (1000, 500), (33, 33)),
]


def qwen() -> Any:
    """Tokens by a picture's size; the markers around them stand in the template."""
    from transformers import Qwen2VLImageProcessor, Qwen2VLProcessor, Qwen2VLVideoProcessor

    return Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessor(),
        tokenizer=tiny.tokenizer(),
        video_processor=Qwen2VLVideoProcessor(),
        chat_template=tiny.BARE_BLOCKS.replace("<image>", "<s><|image_pad|></s>"),
    )


def pixtral() -> Any:
    """Rows of patches, with a token at the end of each."""
    from transformers import PixtralImageProcessor, PixtralProcessor

    return PixtralProcessor(
        image_processor=PixtralImageProcessor(),
        tokenizer=tiny.tokenizer(),
        patch_size=16,
        image_token="<image>",
        image_break_token="<row_1_col_1>",
        image_end_token="<row_1_col_2>",
        chat_template=tiny.BLOCKS,
    )


def llava_next() -> Any:
    """Tiles of whatever shape fits best."""
    from transformers import LlavaNextImageProcessor, LlavaNextProcessor

    return LlavaNextProcessor(
        image_processor=LlavaNextImageProcessor(),
        tokenizer=tiny.tokenizer(),
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=tiny.BLOCKS,
    )


def onevision() -> Any:
    """Tiles a single picture and none of several, which sizes alone do not tell."""
    from transformers import (
        LlavaOnevisionImageProcessor,
        LlavaOnevisionProcessor,
        LlavaOnevisionVideoProcessor,
    )

    return LlavaOnevisionProcessor(
        image_processor=LlavaOnevisionImageProcessor(),
        tokenizer=tiny.tokenizer(),
        video_processor=LlavaOnevisionVideoProcessor(),
        num_image_tokens=729,
        vision_feature_select_strategy="full",
        video_token="<row_1_col_1>",
        chat_template=tiny.BLOCKS,
    )


@pytest.mark.parametrize(
    ("make", "tells"), [(qwen, True), (pixtral, True), (llava_next, True), (onevision, False)]
)
def test_counts_are_the_librarys(make: Callable[[], Any], *, tells: bool) -> None:
    if not find_spec("torchvision"):
        missing("torchvision is not installed (make embed-test)")
    processor = make()
    reader = TransformersReader(processor)
    sides = [
        Conversation((Turn("user", (*sizes, "How many? ")), Turn("assistant", (answer,))))
        for sizes in SHOWN
        for answer in ("Three cups.", "\n\n  Why not? \n")
    ]
    expected = [(tiny.by_the_library(processor, one), None) for one in sides]
    assert tokens_of(reader, sides) == expected
    assert (reader._pictures._overhead is not None) == tells
