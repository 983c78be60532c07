"""Answers to judge as a model's inputs: the prompt, then the critique as the assistant's turn.

A row is the same tokens whatever it is trained or scored for: the prompt as it is given to write a
critique, then the critique and the end of the turn. Prompts go through the processor as one batch,
which knows how its family lays out pictures; a critique is text and follows as tokens.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import torch
from torch import Tensor

from align.reward.exchange import Exchange, Turn
from align.reward.model import IGNORED
from align.reward.plain_text import PlainText
from align.reward.prompt import judge_messages, judge_parts
from schemas.errors import AlignError

Side = Literal["left", "right"]
BY_TOKEN = {"attention_mask": 1, "token_type_ids": 0, "mm_token_type_ids": 0}
"""What processors give for each token, and what a critique's tokens get there."""

MEDIA_TOKENS = ("image_token", "video_token", "audio_token", "boi_token", "eoi_token")


class Encoder:
    """Makes inputs with one processor, or tokenizer for models that read texts only.

    `stops` are the tokens that end a turn beside the tokenizer's own. `side` is where rows are
    padded.
    """

    def __init__(self, processor: Any, stops: Iterable[int] = (), side: Side = "left") -> None:
        self.processor, self.side = processor, side
        self.tokenizer = getattr(processor, "tokenizer", processor)
        self.sees = self.tokenizer is not processor
        self.end = self.tokenizer.eos_token_id
        if self.end is None:
            raise AlignError("the tokenizer has no end of text", "name another model")
        self.stops = frozenset((self.end, *stops))
        pad = self.tokenizer.pad_token_id
        self.pad: int = self.end if pad is None else pad
        marks = [getattr(processor, name, None) for name in MEDIA_TOKENS]
        self._plain = PlainText(self.tokenizer, *(it for it in marks if isinstance(it, str)))

    def batch(
        self, exchanges: Sequence[Exchange], critiques: Sequence[str | None]
    ) -> dict[str, Tensor]:
        """Inputs with `labels`, one row an answer; without a critique its turn is empty.

        Raises AlignError for what the model cannot read.
        """
        prompts, inputs = self._encoded(exchanges)
        rows = [
            self._row(it, place, critiques[place], prompts, inputs)
            for place, it in enumerate(exchanges)
        ]
        shared = {name: value for name, value in inputs.items() if not self._is_by_token(name)}
        fills = dict.fromkeys(BY_TOKEN, 0) | {"input_ids": self.pad, "labels": IGNORED}
        joined = {name: self._padded([row[name] for row in rows], fills[name]) for name in rows[0]}
        return {**shared, **joined}

    def prompts(self, exchanges: Sequence[Exchange]) -> dict[str, Tensor]:
        """Inputs to write critiques from: padded on the left, as writing goes on at the right."""
        return self._encoded(exchanges)[1]

    def words(self, exchange: Exchange) -> int:
        """The tokens of the answer's row with its critique; a picture is its placeholder alone."""
        text = self._rendered(self._messages(exchange, None), add_generation_prompt=True)
        asked = self.tokenizer(text, add_special_tokens=self._adds(text))["input_ids"]
        return len(asked) + len(self._completion(exchange, exchange.critique, text))

    def added_by(self, picture: Any) -> int:
        """The tokens that a picture of this size adds to its placeholder."""
        shown = Exchange((Turn("user", (picture,)),), "")
        whole = int(self.prompts([shown])["input_ids"].shape[1])
        text = self._rendered(self._messages(shown, None), add_generation_prompt=True)
        return whole - len(self.tokenizer(text, add_special_tokens=self._adds(text))["input_ids"])

    def text_of(self, tokens: Sequence[int]) -> str:
        """The words of a critique that a model wrote."""
        return str(self.tokenizer.decode(tokens, skip_special_tokens=True)).strip()

    def _encoded(self, exchanges: Sequence[Exchange]) -> tuple[list[str], dict[str, Tensor]]:
        """The prompts' texts, and their inputs padded on the left."""
        messages = [self._messages(exchange, None) for exchange in exchanges]
        texts = [self._rendered(it, add_generation_prompt=True) for it in messages]
        images = [exchange.pictures for exchange in exchanges]
        given: dict[str, Any] = {"text": texts}
        if any(images):
            given["images"] = images
        side = {"padding": True, "padding_side": "left", "return_tensors": "pt"}
        if self.tokenizer.pad_token_id is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token
        found = dict(self.processor(**given, add_special_tokens=self._adds(texts[0]), **side))
        if "cross_attention_mask" in found:
            raise AlignError(
                "this family reads pictures by cross-attention, which is not supported",
                "name a model whose pictures are tokens, such as LLaVA, Qwen-VL or Gemma",
            )
        return texts, found

    def _adds(self, text: str) -> bool:
        """Whether the tokenizer is to put its first token before a text of the template."""
        first = self.tokenizer.bos_token
        return self.sees and not (first and text.startswith(first))

    def _row(
        self,
        exchange: Exchange,
        place: int,
        critique: str | None,
        prompts: Sequence[str],
        inputs: dict[str, Tensor],
    ) -> dict[str, Tensor]:
        kept = inputs["attention_mask"][place].bool()
        prompt = inputs["input_ids"][place][kept]
        said = torch.tensor(self._completion(exchange, critique, prompts[place]))
        learned = said if critique else torch.full_like(said, IGNORED)
        row = {
            "input_ids": torch.cat([prompt, said]),
            "labels": torch.cat([torch.full_like(prompt, IGNORED), learned]),
        }
        for name in filter(self._is_by_token, inputs):
            if name != "input_ids":
                more = torch.full_like(said, BY_TOKEN[name])
                row[name] = torch.cat([inputs[name][place][kept], more])
        return row

    def _completion(self, exchange: Exchange, critique: str | None, prompt: str) -> list[int]:
        """The tokens of the assistant's turn, up to the first that ends it."""
        messages = self._messages(exchange, self._plain(critique or ""))
        whole = self._rendered(messages, add_generation_prompt=False)
        if not whole.startswith(prompt):
            raise AlignError(
                "the chat template writes an assistant's turn otherwise than it asks for one",
                "name a model without a thinking template, or mend chat_template.jinja",
            )
        tokens = self.tokenizer(whole[len(prompt) :], add_special_tokens=False)["input_ids"]
        ends = (place for place, token in enumerate(tokens) if token in self.stops)
        end = next(ends, None)
        return [*tokens, self.end] if end is None else tokens[: end + 1]

    def _messages(self, exchange: Exchange, critique: str | None) -> list[Any]:
        if exchange.pictures and not self.sees:
            raise AlignError(
                "a prompt shows pictures, and this model reads texts only",
                "name a vision-language model",
            )
        parts = [self._plain(it) if isinstance(it, str) else it for it in judge_parts(exchange)]
        return judge_messages(parts, critique, sees=self.sees)

    def _rendered(self, messages: list[Any], *, add_generation_prompt: bool) -> str:
        return str(
            self.processor.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=add_generation_prompt
            )
        )

    def _padded(self, rows: Sequence[Tensor], fill: int) -> Tensor:
        longest = max(len(row) for row in rows)
        made = rows[0].new_full((len(rows), longest), fill)
        for place, row in enumerate(rows):
            at = slice(longest - len(row), longest) if self.side == "left" else slice(len(row))
            made[place, at] = row
        return made

    @staticmethod
    def _is_by_token(name: str) -> bool:
        return name == "input_ids" or name in BY_TOKEN


def stops_of(model: Any) -> list[int]:
    """The tokens at which a model's own settings say that it stops writing."""
    found = getattr(getattr(model, "generation_config", None), "eos_token_id", None)
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [int(found)]
