"""A vision model small enough to be made anew for each check: random weights, no download.

Its tokenizer has a token a byte, so what a trainer makes of a text can be read back. A picture is
four places of `<image>`.
"""

from typing import Any

IMAGE_TOKEN = "<image>"  # noqa: S105 - a placeholder in prompts
SIDE, PATCH = 28, 14
PLACES = (SIDE // PATCH) ** 2
SPECIAL = ("<pad>", "<s>", "</s>", IMAGE_TOKEN)

VISION_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] + ': ' }}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %}</s>{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)
TEXT_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '</s>' }}"
    "{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}"
)


def tokenizer(template: str = TEXT_TEMPLATE) -> Any:
    """A token a byte, and the special ones."""
    from tokenizers import Tokenizer, decoders, pre_tokenizers
    from tokenizers.models import BPE
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = Tokenizer(BPE({word: n for n, word in enumerate((*SPECIAL, *alphabet))}, []))
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    words.decoder = decoders.ByteLevel()
    found = PreTrainedTokenizerFast(
        tokenizer_object=words,
        pad_token="<pad>",  # noqa: S106
        bos_token="<s>",  # noqa: S106
        eos_token="</s>",  # noqa: S106
        chat_template=template,
        clean_up_tokenization_spaces=False,
    )
    found.add_special_tokens({"additional_special_tokens": [IMAGE_TOKEN]})
    return found


def processor() -> Any:
    """A LLaVA processor over that tokenizer."""
    from transformers import CLIPImageProcessor, LlavaProcessor

    pictures = CLIPImageProcessor(
        size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    return LlavaProcessor(
        image_processor=pictures,
        tokenizer=tokenizer(VISION_TEMPLATE),
        patch_size=PATCH,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=VISION_TEMPLATE,
    )


def vision_model(reader: Any) -> Any:
    """A random LLaVA of two narrow layers a tower, for that processor."""
    from transformers import CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration

    eyes = CLIPVisionConfig(**NARROW, image_size=SIDE, patch_size=PATCH, projection_dim=16)
    token = reader.tokenizer.convert_tokens_to_ids(IMAGE_TOKEN)
    config = LlavaConfig(
        vision_config=eyes, text_config=text_config(reader.tokenizer), image_token_index=token
    )
    return LlavaForConditionalGeneration(config)


def text_model(words: Any) -> Any:
    """A random Llama of two narrow layers, for that tokenizer."""
    from transformers import LlamaForCausalLM

    return LlamaForCausalLM(text_config(words))


def reward_model(words: Any) -> Any:
    """The same with one score instead of words."""
    from transformers import LlamaForSequenceClassification

    config = text_config(words)
    config.num_labels = 1
    return LlamaForSequenceClassification(config)


NARROW = {
    "hidden_size": 16,
    "intermediate_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
}


def text_config(words: Any) -> Any:
    """The text tower's configuration."""
    from transformers import LlamaConfig

    ids = {name: getattr(words, name) for name in ("pad_token_id", "bos_token_id", "eos_token_id")}
    return LlamaConfig(**NARROW, vocab_size=len(words), **ids)
