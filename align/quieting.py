"""Libraries' own lines and bars, kept off the terminal."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hub_quiet() -> Iterator[None]:
    """Keep what the Hub's client says of each try off the terminal: its last error says it all."""
    from huggingface_hub.utils import logging as hub

    before = hub.get_verbosity()
    hub.set_verbosity(logging.ERROR)
    try:
        yield
    finally:
        hub.set_verbosity(before)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep libraries' own lines and bars off the terminal while a run goes."""
    from datasets.utils import logging as datasets_logging
    from transformers.utils import logging as own

    before, bars = own.get_verbosity(), own.is_progress_bar_enabled()
    own.set_verbosity_error()
    own.disable_progress_bar()
    datasets_logging.disable_progress_bar()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        with warnings.catch_warnings():
            # Raised by torch, transformers and TRL at each other's calls.
            warnings.simplefilter("ignore")
            yield
    finally:
        own.set_verbosity(before)
        if bars:
            own.enable_progress_bar()
            datasets_logging.enable_progress_bar()
