"""A run's log: one JSON line a logged step, and the same for TensorBoard."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from align.progress import Advance
from schemas.errors import AlignError

METRICS, BOARD = "metrics.jsonl", "tensorboard"


class Metrics(TrainerCallback):
    """One JSON line a logged step in metrics.jsonl, and the bar. What is no number is null there.

    Lines behind the checkpoint that a run goes on from are taken back: their steps are run again.
    """

    def __init__(self, folder: Path, start: int, advance: Advance) -> None:
        self.path, self.start, self.advance = folder / METRICS, start, advance

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Begin the file, or cut it back."""
        if state.is_world_process_zero:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            kept = [line for line in read_metrics(self.path.parent) if line["step"] <= self.start]
            self.path.write_text("".join(f"{json.dumps(line)}\n" for line in kept), "utf-8")
        self.advance(self.start, f"step {self.start:,} of {state.max_steps:,}", state.max_steps)

    def on_log(
        self, args: Any, state: Any, control: Any, logs: Mapping[str, Any] | None = None, **_: Any
    ) -> None:
        """Write the line. Raises AlignError where a loss is no number."""
        known = {name: value for name, value in (logs or {}).items() if _is_number(value)}
        loss = known.get("loss")
        if loss is not None and not math.isfinite(loss):
            raise AlignError(
                f"step {state.global_step}: the loss is {loss}",
                "lower train.learning_rate, or train in float32",
            )
        if state.is_world_process_zero:
            finite = {name: it if math.isfinite(it) else None for name, it in known.items()}
            line = {"step": state.global_step, "epoch": state.epoch, **finite}
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps(line)}\n")

        if loss is not None:
            self.advance(0, f"step {state.global_step:,} of {state.max_steps:,}, loss {loss:.4f}")

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Move the bar."""
        self.advance(1, None)


def read_metrics(folder: Path) -> list[dict[str, Any]]:
    """The logged steps of a run, first to last. One that was cut off in the middle is none."""
    path = folder / METRICS
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.endswith("\n")]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def board(folder: Path) -> Any:
    """TensorBoard's files of a run, beside metrics.jsonl."""
    from transformers.integrations import TensorBoardCallback

    callback = TensorBoardCallback()
    callback.logging_dir = str(folder / BOARD)  # it opens its files anew after the last step
    return callback
