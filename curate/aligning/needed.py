"""What the recipes need to be installed, and a line while it loads."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from curate.console import Console
from schemas.errors import MissingExtraError, installing

LIBRARIES = ("torch", "transformers", "trl", "peft", "accelerate", "tensorboard")


def expect_libraries() -> None:
    """Raise MissingExtraError that names those that are not there."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise MissingExtraError(f"curate align needs {', '.join(missing)}", installing("align"))


@contextmanager
def loading(console: Console) -> Iterator[None]:
    """A line while the block imports what trains, which takes many seconds.

    What can be told without it is to be checked before. Raises as `expect_libraries`.
    """
    expect_libraries()
    with console.progress("loading torch and transformers"):
        yield
