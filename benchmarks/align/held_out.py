"""What a model makes of pairs it has not seen: its order of both answers, and its own answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.align.batches import IGNORED, Texts, pixels
from benchmarks.align.pairs import Pair

BATCH = 256


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Pairs as tensors: both answers and the right one, and what each picture shows."""

    chosen: Texts
    rejected: Texts
    truth: Texts
    pictures: Any

    @classmethod
    def of(cls, reader: Any, rows: Sequence[Pair]) -> "HeldOut":
        """Of right labels."""
        chosen, rejected, truth = (
            Texts.of(reader, [(row.question, getattr(row, side)) for row in rows])
            for side in ("chosen", "rejected", "truth")
        )
        return cls(chosen, rejected, truth, pixels(reader, [row.picture for row in rows]))

    def lead(self, model: Any, order: Any = None) -> Any:
        """How much likelier chosen is, in logs; `order` shows each row another row's picture."""
        shown = self.pictures if order is None else self.pictures[order]
        return _logps(model, self.chosen, shown) - _logps(model, self.rejected, shown)

    def right_answers(self, model: Any) -> float:
        """The share of rows where the likeliest answer, word by word, is the right one."""
        found = _through(model, self.truth, self.pictures, _all_likeliest)
        return float(found.float().mean())


def accuracy(lead: Any) -> float:
    """The share of rows where chosen leads; one that does not lead is wrong."""
    return float((lead > 0).float().mean())


def _logps(model: Any, texts: Texts, shown: Any) -> Any:
    return _through(model, texts, shown, _summed)


def _through(model: Any, texts: Texts, shown: Any, read: Any) -> Any:
    import torch

    model.eval()
    found = []
    with torch.no_grad():
        for batch in torch.arange(len(shown)).split(BATCH):
            outputs = model(**texts.inputs(batch), pixel_values=shown[batch])
            found.append(read(outputs.logits[:, :-1], texts.labels[batch][:, 1:]))
    return torch.cat(found)


def _summed(logits: Any, labels: Any) -> Any:
    known = labels != IGNORED
    chances = logits.log_softmax(-1).gather(-1, labels.clamp(min=0)[..., None])[..., 0]
    return (chances * known).sum(dim=1)


def _all_likeliest(logits: Any, labels: Any) -> Any:
    return ((logits.argmax(-1) == labels) | (labels == IGNORED)).all(dim=1)
