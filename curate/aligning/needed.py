"""What the recipes need to be installed."""

from importlib.util import find_spec

from schemas.errors import MissingExtraError, installing

LIBRARIES = ("torch", "transformers", "trl", "peft", "accelerate", "tensorboard")


def expect_libraries() -> None:
    """Raise MissingExtraError that names those that are not there."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise MissingExtraError(f"curate align needs {', '.join(missing)}", installing("align"))
