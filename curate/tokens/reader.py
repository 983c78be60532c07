"""A tokenizer or processor of transformers, behind the interface that counting needs."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from curate.tokens.conversation import Conversation, Size, Turn
from curate.tokens.pictures import FAULTS, PictureTokens
from schemas.errors import ConfigError, MissingExtraError, installing

PROBE = "a"


class TokenReader(Protocol):
    """A loaded tokenizer; `sees_pictures` where it is a processor, which knows what they take."""

    @property
    def sees_pictures(self) -> bool:
        """Whether pictures have tokens."""
        ...

    def rendered(self, conversations: Sequence[Conversation]) -> list[str | None]:
        """Each conversation as one text, a placeholder for a picture; None where refused."""
        ...

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each rendered text, a picture's placeholder as it stands."""
        ...

    def picture_tokens(self, shown: Sequence[tuple[Size, ...]]) -> list[int | None]:
        """What each prompt's pictures take beyond their placeholders; None where unknown."""
        ...


def load_reader(folder: Path, name: str) -> TokenReader:
    """The processor in a folder, or the tokenizer where it holds no more.

    No code that lies in the folder is run. Raises MissingExtraError without the library,
    ConfigError where the folder holds neither.
    """
    # Else the library says at its import that without torch it has no models.
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    try:
        from transformers import AutoProcessor
    except ImportError as error:
        raise MissingExtraError(
            f"[pairs] tokenizer needs the library transformers ({error.name})",
            installing("tokens"),
        ) from error
    _say_nothing_but_errors()
    try:
        loaded = AutoProcessor.from_pretrained(
            str(folder), local_files_only=True, trust_remote_code=False
        )
    except ImportError as error:
        raise MissingExtraError(
            f"[pairs] tokenizer {name!r}: {_in_one_line(error)}",
            "install what its processor asks for, e.g. pip install torch torchvision",
        ) from error
    except (*FAULTS, OSError) as error:
        raise ConfigError(
            f"[pairs] tokenizer {name!r} cannot be loaded ({_in_one_line(error)})",
            "name a folder or a model of the Hub with a tokenizer that transformers reads",
        ) from error
    if not callable(getattr(getattr(loaded, "tokenizer", loaded), "encode", None)):
        raise ConfigError(
            f"[pairs] tokenizer {name!r} has no tokenizer, only a {type(loaded).__name__}",
            "name a folder or a model of the Hub with one",
        )
    return TransformersReader(loaded)


class TransformersReader:
    """The library's own tokenizer or processor.

    Where there is a chat template it is applied to all turns; else the texts of the turns are
    joined by a newline, with the processor's placeholder for a picture.
    """

    def __init__(self, loaded: Any) -> None:
        self._tokenizer = getattr(loaded, "tokenizer", loaded)
        self._loaded = loaded
        self._sees = loaded is not self._tokenizer and hasattr(loaded, "image_processor")
        self._templated = bool(getattr(loaded, "chat_template", None))
        self._adds_special = self._adds_special_tokens()
        self._pictures = PictureTokens(loaded, self._one_rendered, self._one_length)

    @property
    def sees_pictures(self) -> bool:
        """Whether it is a processor with a part for pictures."""
        return self._sees

    def rendered(self, conversations: Sequence[Conversation]) -> list[str | None]:
        """Each conversation as one text; None where the template refuses it."""
        if not self._templated:
            return [self._joined(it.turns) for it in conversations]
        messages = [self._messages(it.turns) for it in conversations]
        texts = self._from_template(messages)
        if texts is not None:
            return list(texts)
        alone = [self._from_template([one]) for one in messages]
        return [text[0] if text else None for text in alone]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text with the special tokens that the library would add to it."""
        bos = getattr(self._tokenizer, "bos_token", None)
        # As ProcessorMixin.apply_chat_template: a template that wrote the first token wrote all.
        adds = [self._adds_special and not (bos and text.startswith(bos)) for text in texts]
        found = [0] * len(texts)
        for special in set(adds):
            places = [place for place, it in enumerate(adds) if it == special]
            given = self._encoded([texts[place] for place in places], special=special)
            for place, ids in zip(places, given, strict=True):
                found[place] = len(ids)
        return found

    def picture_tokens(self, shown: Sequence[tuple[Size, ...]]) -> list[int | None]:
        """See `PictureTokens`; a tokenizer without a part for pictures has none for them."""
        return self._pictures.of(shown) if self._sees else [0] * len(shown)

    def _encoded(self, texts: list[str], *, special: bool) -> Any:
        return self._tokenizer(
            texts,
            add_special_tokens=special,
            padding=False,
            truncation=False,
            return_attention_mask=False,
            verbose=False,
        )["input_ids"]

    def _from_template(self, messages: list[list[dict[str, Any]]]) -> list[str] | None:
        """The texts of all, or None where the template refuses one."""
        import jinja2

        try:
            return list(self._loaded.apply_chat_template(messages, tokenize=False))
        except (jinja2.TemplateError, *FAULTS):
            return None

    def _messages(self, turns: Sequence[Turn]) -> list[dict[str, Any]]:
        """Blocks for a processor, texts for a tokenizer, as their templates read them."""
        if self._sees:
            return [
                {"role": it.role, "content": [_block(part) for part in it.parts]} for it in turns
            ]
        return [{"role": it.role, "content": _text(it)} for it in turns]

    def _joined(self, turns: Sequence[Turn]) -> str:
        placeholder = str(getattr(self._loaded, "image_token", None) or "") if self._sees else ""
        return "\n".join(_text(turn, placeholder) for turn in turns)

    def _one_rendered(self, turns: Sequence[Turn]) -> str | None:
        return self.rendered([Conversation(tuple(turns))])[0]

    def _one_length(self, text: str) -> int:
        return self.lengths([text])[0]

    def _adds_special_tokens(self) -> bool:
        """Whether the library adds special tokens to a rendered text: a processor says by doing."""
        if self._loaded is self._tokenizer:
            return not self._templated
        try:
            found = self._loaded(text=[PROBE])["input_ids"][0]
        except FAULTS:
            return True  # it reads no text without a picture
        return len(found) == len(self._encoded([PROBE], special=True)[0])


def _block(part: str | Size | None) -> dict[str, Any]:
    return {"type": "text", "text": part} if isinstance(part, str) else {"type": "image"}


def _text(turn: Turn, placeholder: str = "") -> str:
    return "".join(part if isinstance(part, str) else placeholder for part in turn.parts)


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _say_nothing_but_errors() -> None:
    """The library says by warnings what it falls back on, which is nothing for a user to do."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    if not sys.stderr.isatty():
        logging.disable_progress_bar()
