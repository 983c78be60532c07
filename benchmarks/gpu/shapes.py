"""Vision-language models by their shape, random weights, and what reads for them."""

from dataclasses import dataclass
from typing import Any

from export.verify.tiny import IMAGE_TOKEN, VISION_TEMPLATE, tokenizer


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a LLaVA: its vision tower's, then its language model's."""

    eyes: tuple[int, int, int, int]
    """Width, inner width, layers, heads."""
    side: int
    patch: int
    mouth: tuple[int, int, int, int]
    vocabulary: int


SHAPES = {
    # llava-hf/llava-1.5-7b-hf: CLIP ViT-L/14 at 336, Vicuna 7B.
    "7b": Shape((1024, 4096, 24, 16), 336, 14, (4096, 11008, 32, 32), 32_064),
    # The same eyes before a Llama of 1.1 billion (TinyLlama's sizes, without its grouped heads).
    "1b": Shape((1024, 4096, 24, 16), 336, 14, (2048, 5632, 22, 32), 32_064),
    "tiny": Shape((16, 32, 2, 2), 28, 14, (16, 32, 2, 2), 512),
}
NAMES = ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")


def processor(shape: Shape) -> Any:
    """A LLaVA processor over a tokenizer with a token a byte."""
    from transformers import CLIPImageProcessor, LlavaProcessor

    crop = {"height": shape.side, "width": shape.side}
    return LlavaProcessor(
        image_processor=CLIPImageProcessor(size={"shortest_edge": shape.side}, crop_size=crop),
        tokenizer=tokenizer(VISION_TEMPLATE),
        patch_size=shape.patch,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=VISION_TEMPLATE,
    )


def model(shape: Shape, reader: Any, *, dtype: str, device: str) -> Any:
    """A model of that shape, drawn on the device that it will be used on."""
    import torch
    from transformers import (
        CLIPVisionConfig,
        LlamaConfig,
        LlavaConfig,
        LlavaForConditionalGeneration,
    )

    words = reader.tokenizer
    eyes = CLIPVisionConfig(
        **dict(zip(NAMES, shape.eyes, strict=True)),
        image_size=shape.side,
        patch_size=shape.patch,
        projection_dim=768,
    )
    ids = {name: getattr(words, name) for name in ("pad_token_id", "bos_token_id", "eos_token_id")}
    mouth = LlamaConfig(
        **dict(zip(NAMES, shape.mouth, strict=True)), vocab_size=shape.vocabulary, **ids
    )
    config = LlavaConfig(
        vision_config=eyes,
        text_config=mouth,
        image_token_index=words.convert_tokens_to_ids(IMAGE_TOKEN),
    )
    torch.manual_seed(0)
    with torch.device(device):
        return LlavaForConditionalGeneration._from_config(config, dtype=getattr(torch, dtype))  # noqa: SLF001 - the only way to draw weights in a type
