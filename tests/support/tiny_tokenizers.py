"""Tokenizers and processors of transformers, made here and saved as folders, without a network.

The tokenizer merges bytes that it learned on a few sentences, as those of real models do.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from curate.tokens.conversation import Conversation
from tests.support.needed import missing

WORDS = [
    "How many cups are on the table? Three cups are on the table.",
    "Why is the sky blue? Light is scattered by the air.",
    "user assistant system : \n\n What does the picture show, and why?",
]
TILES = [f"<row_{row}_col_{column}>" for row in "1234" for column in "1234"]
SPECIAL = ["<pad>", "<s>", "</s>", "<image>", "<fake_token_around_image>", "<global-img>"]
SPECIAL += ["<|image_pad|>", "<|video_pad|>"]
SPECIAL += ["<end_of_utterance>", *TILES]
SIDE, PATCH = 28, 14
BLOCKS = (
    "{% for message in messages %}<s>{{ message['role'] + ':\\n' }}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] | trim }}{% endif %}"
    "{% endfor %}</s>\n{% endfor %}"
)
"""A template of blocks that trims texts and writes the first token itself."""

BARE_BLOCKS = BLOCKS.replace("<s>", "")
"""The same without a first token, which the library then adds."""

TEXTS = (
    "{% for message in messages %}"
    "{% if message['role'] == 'system' %}{{ raise_exception('no system turns') }}{% endif %}"
    "{{ message['role'] + ':\\n' + message['content'] + '</s>\\n' }}{% endfor %}"
)
"""A template of texts that refuses system turns."""


def needed() -> None:
    """Pass the test over where the library is not installed."""
    if not find_spec("transformers"):
        missing("transformers is not installed: pip install -e '.[tokens]'")


def tokenizer(template: str | None = None) -> Any:
    """A tokenizer that puts <s> before a text, unless it is told not to."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=SPECIAL, initial_alphabet=letters, show_progress=False
    )
    made.train_from_iterator(WORDS, trainer)
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", made.token_to_id("<s>"))]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        chat_template=template,
    )


def llava(template: str | None = BLOCKS) -> Any:
    """A processor whose pictures all take the same number of tokens."""
    from transformers import CLIPImageProcessorPil, LlavaProcessor

    pictures = CLIPImageProcessorPil(
        size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    return LlavaProcessor(
        image_processor=pictures,
        tokenizer=tokenizer(),
        patch_size=PATCH,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=template,
    )


def idefics() -> Any:
    """A processor that tiles pictures, and puts texts and rows of tokens around the tiles."""
    from transformers import Idefics3ImageProcessorPil, Idefics3Processor

    pictures = Idefics3ImageProcessorPil(
        size={"longest_edge": 64}, max_image_size={"longest_edge": 16}
    )
    return Idefics3Processor(
        image_processor=pictures, tokenizer=tokenizer(), image_seq_len=4, chat_template=BARE_BLOCKS
    )


def saved(made: Any, folder: Path) -> Path:
    """The folder, with a tokenizer or processor in it."""
    made.save_pretrained(folder)
    return folder


def by_the_library(processor: Any, one: Conversation) -> int:
    """The tokens that the processor makes of the conversation and pictures of these sizes."""
    from PIL import Image

    def block(part: Any) -> dict[str, Any]:
        if isinstance(part, str):
            return {"type": "text", "text": part}
        return {"type": "image", "image": Image.effect_noise((part[1], part[0]), 50).convert("RGB")}

    messages = [
        {"role": it.role, "content": [block(part) for part in it.parts]} for it in one.turns
    ]
    return len(processor.apply_chat_template(messages, tokenize=True)[0])
