"""Answers of a model to conversations with pictures: batched, greedy or drawn with a seed.

Of the model's own settings of generation only its end tokens count: what is drawn from is what the
decoding says, and no more.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from align.inputs import on_model
from align.loading import Loaded
from align.quieting import quiet
from schemas.base import Record
from schemas.counted import counted
from schemas.errors import AlignError

Finish = Literal["stop", "truncated"]


class Decoding(Record):
    """How answers are decoded; with temperature 0 greedily, where `top_p` and `seed` do nothing."""

    max_new_tokens: Annotated[int, Field(ge=1)] = 1024
    temperature: Annotated[float, Field(ge=0)] = 0.0
    top_p: Annotated[float, Field(gt=0, le=1)] = 1.0
    seed: Annotated[int, Field(ge=0)] = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: texts and pictures (PIL, RGB) in their order."""

    role: str
    parts: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One answer as it was decoded, special tokens left out; `truncated` ran into the limit."""

    text: str
    finish: Finish


def room_of(loaded: Loaded) -> int | None:
    """The most tokens of a prompt and its answer that the model has places for."""
    places = getattr(loaded.model.config.get_text_config(), "max_position_embeddings", None)
    return None if places is None else int(places)


def encode(loaded: Loaded, conversations: Sequence[Sequence[Turn]]) -> dict[str, Any]:
    """The tensors of a batch, padded on the left: input_ids (batch, tokens) and what goes with it.

    Raises AlignError for pictures before a model of texts.
    """
    texts = [_as_text(loaded, turns) for turns in conversations]
    options = {
        "padding": True,
        "padding_side": "left",
        "return_tensors": "pt",
        "add_special_tokens": False,  # the template has written them
    }
    if not loaded.sees:
        return dict(loaded.tokenizer(texts, **options))
    pictures = [_pictures(turns) for turns in conversations]
    return dict(loaded.processor(images=pictures if any(pictures) else None, text=texts, **options))


def write_answers(
    loaded: Loaded, batch: dict[str, Any], decoding: Decoding, *, seed: int, count: int = 1
) -> list[list[Written]]:
    """`count` answers to each conversation of an encoded batch.

    The same batch, decoding and seed give the same answers on the same machine. Raises AlignError
    where the memory does not do.
    """
    import torch

    ends = _end_tokens(loaded)
    asked = batch["input_ids"].shape[1]
    try:
        with quiet(), _own_defaults(loaded, ends), torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(seed)
            found = loaded.model.generate(
                **on_model(loaded.model, batch), **_options(decoding), num_return_sequences=count
            )
    except torch.OutOfMemoryError as error:
        raise AlignError(
            f"no memory for {counted(len(batch['input_ids']), 'prompt')} at once",
            "lower --batch-size",
        ) from error
    written = [_written(loaded, row[asked:].tolist(), ends) for row in found]
    return [written[start : start + count] for start in range(0, len(written), count)]


def _as_text(loaded: Loaded, turns: Sequence[Turn]) -> str:
    reader = loaded.processor if loaded.sees else loaded.tokenizer
    messages = [{"role": turn.role, "content": _content(loaded, turn)} for turn in turns]
    text = reader.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    return str(text)


def _content(loaded: Loaded, turn: Turn) -> Any:
    if loaded.sees:
        return [
            {"type": "text", "text": part} if isinstance(part, str) else {"type": "image"}
            for part in turn.parts
        ]
    if not all(isinstance(part, str) for part in turn.parts):
        raise AlignError("the model reads texts only, and a prompt shows a picture")
    return "".join(turn.parts)


def _pictures(turns: Sequence[Turn]) -> list[Any]:
    return [part for turn in turns for part in turn.parts if not isinstance(part, str)]


def _options(decoding: Decoding) -> dict[str, Any]:
    options: dict[str, Any] = {"max_new_tokens": decoding.max_new_tokens}
    if not decoding.temperature:
        return {**options, "do_sample": False}
    return {
        **options,
        "do_sample": True,
        "temperature": decoding.temperature,
        "top_p": decoding.top_p,
        "top_k": 0,
    }


def _end_tokens(loaded: Loaded) -> list[int]:
    own = loaded.model.generation_config.eos_token_id
    known = own if isinstance(own, list) else [own]
    ends = {end for end in (*known, loaded.tokenizer.eos_token_id) if end is not None}
    return sorted(ends)


@contextmanager
def _own_defaults(loaded: Loaded, ends: Sequence[int]) -> Iterator[None]:
    """The model with no settings of generation but its end tokens, and afterwards as it was."""
    from transformers import GenerationConfig

    model, own = loaded.model, loaded.model.generation_config
    padding = loaded.tokenizer.pad_token_id
    model.generation_config = GenerationConfig(
        eos_token_id=list(ends), pad_token_id=ends[0] if padding is None and ends else padding
    )
    try:
        yield
    finally:
        model.generation_config = own


def _written(loaded: Loaded, tokens: Sequence[int], ends: Sequence[int]) -> Written:
    stops = [place for place, token in enumerate(tokens) if token in ends]
    kept = tokens[: stops[0]] if stops else tokens
    text = loaded.tokenizer.decode(kept, skip_special_tokens=True)
    return Written(text, "stop" if stops else "truncated")
