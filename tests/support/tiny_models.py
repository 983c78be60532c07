"""Tiny random models of several families, with their processors, made anew and never downloaded.

A token is a byte, texts of 2,048 tokens fit, and none of the processors needs torchvision. Weights
follow `seed` alone. Each function gives (model, processor) in float32 on the CPU:

- `tiny_llava`: LLaVA; a picture is four places of `<image>`, whatever its size.
- `tiny_idefics3`: Idefics3, whose pictures are cut into tiles, padded to the batch's largest number
  and marked by a mask; its tokenizer adds no first token of its own, its template ends turns with
  `<end_of_utterance>`.
- `tiny_llama`: a text-only causal model; the processor is its tokenizer.

`saved_model` writes both into one folder, as a user would name one by `--model`.
"""

from pathlib import Path
from typing import Any

from export.verify import tiny

FAMILIES = ("llava", "idefics3")
NARROW = {**tiny.NARROW, "max_position_embeddings": 2048}
TILE, TILE_PATCH, TILE_SCALE = 16, 4, 2
TILE_PLACES = (TILE // TILE_PATCH // TILE_SCALE) ** 2
END = "<end_of_utterance>"
TILE_TOKENS = (
    "<fake_token_around_image>",
    "<global-img>",
    END,
    *(f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)),
)
UTTERANCES = (
    "{% for message in messages %}{{ '<s>' if loop.first else '' }}{{ message['role'] + ':\\n' }}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %}" + END + "\n{% endfor %}{% if add_generation_prompt %}assistant:\n{% endif %}"
)


def tiny_model(family: str, seed: int = 0) -> tuple[Any, Any]:
    """The vision model and processor of one of FAMILIES."""
    return {"llava": tiny_llava, "idefics3": tiny_idefics3}[family](seed)


def tiny_llava(seed: int = 0) -> tuple[Any, Any]:
    """A LLaVA of two narrow layers a tower."""
    import torch
    from transformers import CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration

    reader = tiny.processor()
    torch.manual_seed(seed)
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(
            **tiny.NARROW, image_size=tiny.SIDE, patch_size=tiny.PATCH, projection_dim=16
        ),
        text_config=text_config(reader.tokenizer),
        image_token_index=reader.tokenizer.convert_tokens_to_ids(tiny.IMAGE_TOKEN),
        pad_token_id=reader.tokenizer.pad_token_id,
    )
    return LlavaForConditionalGeneration(config), reader


def tiny_idefics3(seed: int = 0) -> tuple[Any, Any]:
    """An Idefics3 of two narrow layers a tower; a picture is up to four tiles and a small one."""
    import torch
    from transformers import Idefics3Config, Idefics3ForConditionalGeneration

    reader = tile_processor()
    torch.manual_seed(seed)
    words = reader.tokenizer
    config = Idefics3Config(
        vision_config={**tiny.NARROW, "image_size": TILE, "patch_size": TILE_PATCH},
        text_config=text_config(words, END),
        image_token_id=words.convert_tokens_to_ids(tiny.IMAGE_TOKEN),
        scale_factor=TILE_SCALE,
        pad_token_id=words.pad_token_id,
    )
    return Idefics3ForConditionalGeneration(config), reader


def tiny_llama(seed: int = 0) -> tuple[Any, Any]:
    """A Llama of two narrow layers, and its tokenizer."""
    import torch
    from transformers import LlamaForCausalLM

    words = tiny.tokenizer()
    torch.manual_seed(seed)
    return LlamaForCausalLM(text_config(words)), words


def saved_model(made: tuple[Any, Any], folder: Path) -> Path:
    """The folder, with the model and its processor in it."""
    for part in made:
        part.save_pretrained(folder)
    return folder


def saved_adapter(model: Path, run: Path) -> Path:
    """The run's folder, with an adapter in it that changes what that model says."""
    import torch
    from peft import LoraConfig, get_peft_model

    from align.checkpoints import open_model

    loaded = open_model(str(model))
    tuned = get_peft_model(loaded.model, LoraConfig(target_modules=["q_proj", "v_proj"]))
    torch.manual_seed(4)
    with torch.no_grad():
        for name, weights in tuned.named_parameters():
            if "lora_B" in name:
                weights.normal_()
    tuned.peft_config["default"].base_model_name_or_path = str(model)
    tuned.save_pretrained(run / "model")
    loaded.processor.save_pretrained(run / "model")
    return run


def tile_processor() -> Any:
    """An Idefics3 processor over a tokenizer that has its tokens, and ends turns with END."""
    from transformers import Idefics3ImageProcessorPil, Idefics3Processor

    words = tiny.tokenizer(UTTERANCES)
    words.add_special_tokens(
        {"additional_special_tokens": [tiny.IMAGE_TOKEN, *TILE_TOKENS], "eos_token": END}
    )
    pictures = Idefics3ImageProcessorPil(
        size={"longest_edge": 2 * TILE}, max_image_size={"longest_edge": TILE}
    )
    return Idefics3Processor(
        image_processor=pictures,
        tokenizer=words,
        image_seq_len=TILE_PLACES,
        chat_template=UTTERANCES,
    )


def text_config(words: Any, end: str = "</s>") -> Any:
    """The text tower's configuration for that tokenizer; generation stops at `end`."""
    from transformers import LlamaConfig

    ids = {name: getattr(words, name) for name in ("pad_token_id", "bos_token_id")}
    stop = words.convert_tokens_to_ids(end)
    return LlamaConfig(**NARROW, vocab_size=len(words), **ids, eos_token_id=stop)
