"""A LLaVA of a few narrow layers for these pictures, random weights, a token a word."""

from typing import Any

from benchmarks.align.questions import words
from benchmarks.align.scenes import CELL, SIDE

IMAGE_TOKEN = "<image>"  # noqa: S105 - a placeholder in prompts
SPECIAL = ("<pad>", "<s>", "</s>", "<unk>", IMAGE_TOKEN)
EYES = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2}
MOUTH = {"hidden_size": 64, "intermediate_size": 192, "num_hidden_layers": 2}
HEADS = 4
INITIAL = 0.1
"""Standard deviation of first weights: with the usual 0.02, so narrow layers begin to look late."""

TEMPLATE = (
    "{% for message in messages %}{{ message['role'] + ' ' }}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image> {% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %} </s> {% endfor %}"
    "{% if add_generation_prompt %}assistant {% endif %}"
)


def processor() -> Any:
    """A LLaVA processor: a cell of the picture is one place of `<image>`."""
    from transformers import CLIPImageProcessor, LlavaProcessor

    pictures = CLIPImageProcessor(
        size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    return LlavaProcessor(
        image_processor=pictures,
        tokenizer=_tokenizer(),
        patch_size=CELL,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=TEMPLATE,
    )


def model(reader: Any, seed: int) -> Any:
    """Random weights by seed."""
    import torch
    from transformers import (
        CLIPVisionConfig,
        LlamaConfig,
        LlavaConfig,
        LlavaForConditionalGeneration,
    )

    torch.manual_seed(seed)
    words = reader.tokenizer
    eyes = CLIPVisionConfig(
        **EYES, num_attention_heads=HEADS, image_size=SIDE, patch_size=CELL, projection_dim=16
    )
    ids = {name: getattr(words, name) for name in ("pad_token_id", "bos_token_id", "eos_token_id")}
    mouth = LlamaConfig(
        **MOUTH, num_attention_heads=HEADS, vocab_size=len(words), initializer_range=INITIAL, **ids
    )
    config = LlavaConfig(
        vision_config=eyes,
        text_config=mouth,
        image_token_index=words.convert_tokens_to_ids(IMAGE_TOKEN),
        vision_feature_layer=-1,
        initializer_range=INITIAL,
    )
    return LlavaForConditionalGeneration(config)


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel
    from transformers import PreTrainedTokenizerFast

    vocabulary = dict.fromkeys((*SPECIAL, "user", "assistant", *words()))
    level = WordLevel({word: n for n, word in enumerate(vocabulary)}, unk_token="<unk>")  # noqa: S106
    splitter = Tokenizer(level)
    splitter.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    found = PreTrainedTokenizerFast(
        tokenizer_object=splitter,
        pad_token="<pad>",  # noqa: S106
        bos_token="<s>",  # noqa: S106
        eos_token="</s>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        chat_template=TEMPLATE,
        clean_up_tokenization_spaces=False,
    )
    found.add_special_tokens({"additional_special_tokens": [IMAGE_TOKEN]})
    return found
