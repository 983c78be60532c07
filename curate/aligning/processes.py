"""Several processes of one run, as `accelerate launch` starts them: who writes, who waits."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def is_main_process() -> bool:
    """Whether this is the process that writes and speaks."""
    return int(os.environ.get("RANK", "0")) == 0


@contextmanager
def main_first() -> Iterator[None]:
    """The main process does the block, then the others do; none leaves before all have."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield
        return
    from accelerate import PartialState

    state = PartialState()
    with state.main_process_first():
        yield
    state.wait_for_everyone()
