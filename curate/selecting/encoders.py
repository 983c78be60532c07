"""The libraries that make embeddings, behind one interface. Both are the extra `embed`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from curate.media.store import MediaStore
from curate.selecting.embeddings import Spec
from schemas.errors import ConfigError, MissingExtraError, installing

BATCH = 64


@dataclass(frozen=True, slots=True)
class Encoded:
    """One embedding by the key of what it is of, or why there is none."""

    key: str
    embedding: Any = None
    fault: str | None = None


class Encoder(Protocol):
    """A loaded model that reads texts."""

    def texts(self, keys: Sequence[str], texts: Sequence[str]) -> Sequence[Encoded]:
        """Embeddings of texts, in their order."""
        ...


@runtime_checkable
class PictureEncoder(Encoder, Protocol):
    """One that sees pictures, too."""

    def pictures(self, store: MediaStore, files: Sequence[str]) -> Sequence[Encoded]:
        """Embeddings of files of the store, in their order: of a video its first frame."""
        ...


def load_encoder(spec: Spec) -> Encoder:
    """The model, on a GPU where there is one.

    Raises MissingExtraError without the library, ConfigError where it knows no such model.
    """
    from curate.selecting.encoder_clip import OpenClip
    from curate.selecting.encoder_text import SentenceTransformers

    made = OpenClip if spec.kind == "open_clip" else SentenceTransformers
    try:
        _show_bars_on_a_terminal_only()
        return made(spec.name)
    except ImportError as error:
        raise MissingExtraError(
            f"embeddings by {spec.kind} need its library ({error.name})",
            installing("embed"),
        ) from error
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ConfigError(
            f"embeddings {spec.kind}:{spec.name}: the model cannot be loaded ({reason})",
            "name a model that the library knows, or a folder with one",
        ) from error


def _show_bars_on_a_terminal_only() -> None:
    """Both libraries draw bars of their own while they download and load."""
    from huggingface_hub.utils.tqdm import disable_progress_bars
    from transformers.utils import logging

    if not sys.stderr.isatty():
        disable_progress_bars()
        logging.disable_progress_bar()
