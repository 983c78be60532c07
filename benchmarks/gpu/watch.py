"""What a trainer's steps cost: time, tokens, memory, and the time spent waiting for rows."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

WARM = 2
"""Steps that are not counted: allocators and kernels settle."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the counted steps. `waiting` is the share of time in which the loop waited for rows.

    `memory` is the peak in GB on the GPU, of the process where there is none; `busy` is the mean
    utilisation that the driver reports, null where there is none to ask.
    """

    tokens_a_second: float
    seconds_a_step: float
    waiting: float
    memory: float
    busy: float | None


@dataclass
class Watch:
    """Counts the steps of one run; a loop calls `rows`, `tokens` and `step`."""

    started: float = 0.0
    ended: float = 0.0
    steps: int = 0
    seen: int = 0
    waited: float = 0.0
    counts: list[Any] = field(default_factory=list)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Around what gives the next rows."""
        start = time.perf_counter()
        yield
        if self.steps >= WARM:
            self.waited += time.perf_counter() - start

    def read(self, inputs: Any) -> None:
        """Count a batch's tokens, pictures' places included; not read until the end."""
        if self.steps >= WARM:
            self.counts.append(inputs["attention_mask"].sum())

    def step(self) -> None:
        """An optimiser's step is done."""
        self.steps += 1
        if self.steps == WARM:
            settle()
            self.started = time.perf_counter()

    def cost(self, busy: float | None) -> Cost:
        """Of the steps after the first. Raises RuntimeError where there are none."""
        settle()
        spent = time.perf_counter() - self.started
        counted = self.steps - WARM
        if counted < 1:
            raise RuntimeError(f"{self.steps} steps, of which {WARM} are not counted")
        tokens = sum(int(count) for count in self.counts)
        return Cost(tokens / spent, spent / counted, self.waited / spent, peak_memory(), busy)


def watched(trainer: Any) -> Watch:
    """Make a transformers trainer's run call a watch."""
    from transformers import TrainerCallback

    watch = Watch()

    class Steps(TrainerCallback):
        def on_step_end(self, *_: Any, **__: Any) -> None:
            watch.step()

    trainer.add_callback(Steps())
    trainer.get_batch_samples = _timed(trainer.get_batch_samples, watch)
    trainer.training_step = _counted(trainer.training_step, watch)
    return watch


def settle() -> None:
    """Wait for the GPU's queue."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.synchronize()


def peak_memory() -> float:
    """In GB."""
    import resource

    import torch

    if torch.cuda.is_available():
        return float(torch.cuda.max_memory_allocated()) / 1e9
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


@contextmanager
def utilisation() -> Iterator[list[float]]:
    """Filled at the end with what nvidia-smi saw each second; empty where it is not there."""
    seen: list[float] = []
    command = ["nvidia-smi", "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits", "-l1"]
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    except OSError:
        yield seen
        return
    try:
        yield seen
    finally:
        process.terminate()
        lines = process.communicate()[0].split()
        seen += [float(line) for line in lines if line.isdecimal()]


def _timed(given: Callable[..., Any], watch: Watch) -> Callable[..., Any]:
    def get_batch_samples(*args: Any, **more: Any) -> Any:
        with watch.waiting():
            return given(*args, **more)

    return get_batch_samples


def _counted(given: Callable[..., Any], watch: Watch) -> Callable[..., Any]:
    def training_step(model: Any, inputs: Any, *args: Any, **more: Any) -> Any:
        watch.read(inputs)
        return given(model, inputs, *args, **more)

    return training_step
