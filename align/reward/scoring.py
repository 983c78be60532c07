"""Scores of answers: the model writes a critique first, or takes one that is given, or none.

The same answer gets the same score in any batch: writing is greedy, and nothing is drawn.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

from align.reward.encoding import Encoder
from align.reward.exchange import Exchange
from align.reward.model import CritiqueRewardModel
from align.reward.modes import Mode


@dataclass(frozen=True, slots=True)
class Scored:
    """An answer's reward, which a broken model may give as no finite number.

    `critique` is what the score was given after, empty where there was none; `cut` says that the
    model did not come to its end within the tokens it had.
    """

    reward: float
    critique: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores with one model. `mode` is whose critique is read before the score.

    `critique`: the model's own, of at most `max_new_tokens` tokens; `given`: the exchange's own,
    an empty turn where it has none; `none`: an empty turn.
    """

    model: CritiqueRewardModel
    encoder: Encoder
    mode: Mode = "critique"
    max_new_tokens: int = 1024
    batch_size: int = 1

    def scores(self, exchanges: Sequence[Exchange]) -> Iterator[Scored]:
        """A score for each answer, in order, a batch at a time."""
        for chunk in _chunks(exchanges, self.batch_size):
            with self._still():
                yield from self._of_batch(chunk)

    def _of_batch(self, exchanges: Sequence[Exchange]) -> Iterator[Scored]:
        said = self._critiques(exchanges)
        inputs = self.encoder.batch(exchanges, [text for text, _cut in said])
        inputs.pop("labels")
        rewards = self.model(**self._placed(inputs)).rewards.double().tolist()
        for reward, (text, cut) in zip(rewards, said, strict=True):
            yield Scored(reward, text, cut)

    def _critiques(self, exchanges: Sequence[Exchange]) -> list[tuple[str, bool]]:
        if self.mode == "critique":
            return self._written(exchanges)
        given = self.mode == "given"
        return [((exchange.critique or "") if given else "", False) for exchange in exchanges]

    def _written(self, exchanges: Sequence[Exchange]) -> list[tuple[str, bool]]:
        """What the model writes of each answer, and whether it was cut off."""
        inputs = self._placed(self.encoder.prompts(exchanges))
        made = self.model.backbone.generate(
            **inputs,
            do_sample=False,
            num_beams=1,
            temperature=None,
            top_p=None,
            top_k=None,
            max_new_tokens=self.max_new_tokens,
            eos_token_id=sorted(self.encoder.stops),
            pad_token_id=self.encoder.pad,
        )
        return [self._read(row) for row in made[:, inputs["input_ids"].shape[1] :].tolist()]

    def _read(self, tokens: Sequence[int]) -> tuple[str, bool]:
        ends = (place for place, token in enumerate(tokens) if token in self.encoder.stops)
        end = next(ends, None)
        return self.encoder.text_of(tokens[:end]), end is None

    def _placed(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """The inputs on the model's device; pictures in the numbers of its weights."""
        dtype = self.model.backbone.dtype
        return {
            name: it.to(self.model.device, dtype if it.is_floating_point() else None)
            for name, it in inputs.items()
        }

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Without dropout and gradients, and with the model as it was afterwards."""
        trains = self.model.training
        self.model.eval()
        try:
            with torch.inference_mode():
                yield
        finally:
            self.model.train(trains)


def _chunks(exchanges: Sequence[Exchange], size: int) -> Iterator[Sequence[Exchange]]:
    yield from (exchanges[start : start + size] for start in range(0, len(exchanges), size))
