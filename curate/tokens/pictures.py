"""What pictures of given sizes take in tokens, without decoding one.

transformers' processors say it by `_get_num_multimodal_tokens` (since 4.54, made for vLLM). Some
count the tokens around a picture there and some do not, and a few are wrong about some sizes. So
what a processor says is first held against what it does with blank pictures of several sizes: where
the two differ by the same number for every picture, that number is added; else the processor itself
is run on blank pictures, once for every combination of sizes.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any

from curate.tokens.conversation import Size, Turn

FAULTS = (
    ArithmeticError,
    AttributeError,
    AssertionError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What processors raise where they do not like what they are given."""

PROBES: tuple[tuple[Size, ...], ...] = (
    ((28, 28),),
    ((100, 37),),
    ((224, 224),),
    ((333, 500),),
    ((500, 333),),
    ((480, 640),),
    ((1024, 256),),
    ((250, 1000),),
    ((1080, 1920),),
    ((2000, 1500),),
    ((224, 224), (224, 224)),
    ((333, 500), (1080, 1920), (100, 37)),
)
KEPT = 1 << 16
LARGEST = 100_000_000
"""Pixels that a prompt's blank pictures may have together: they are held in memory."""


class PictureTokens:
    """The tokens of a prompt's pictures beyond the placeholders in its rendered text.

    `rendered` and `length` make and measure a text as the whole conversations' are.
    """

    def __init__(
        self,
        processor: Any,
        rendered: Callable[[Sequence[Turn]], str | None],
        length: Callable[[str], int],
    ) -> None:
        self._processor = processor
        self._rendered = rendered
        self._length = length
        self._remembered = lru_cache(KEPT)(self._measured)

    def of(self, shown: Sequence[tuple[Size, ...]]) -> list[int | None]:
        """Tokens for each sequence of sizes; None where the processor takes no such pictures."""
        told = self._told_each({size for sizes in shown for size in sizes})
        return [
            sum(told[size] for size in sizes)
            if all(size in told for size in sizes)
            else self._remembered(sizes)
            for sizes in shown
        ]

    def _told_each(self, sizes: set[Size]) -> dict[Size, int]:
        """What the processor says of these sizes, where it can be believed."""
        overhead = self._overhead if sizes else None
        if overhead is None:
            return {}
        every = sorted(sizes)
        told = self._told(every)
        if told is None:  # it does not like one of them
            alone = {size: self._told([size]) for size in every}
            return {size: found[0] + overhead for size, found in alone.items() if found}
        return {size: n + overhead for size, n in zip(every, told, strict=True)}

    @cached_property
    def _overhead(self) -> int | None:
        """What a picture takes beyond what the processor says; None where that varies."""
        found = set()
        for sizes in PROBES:
            measured, told = self._remembered(sizes), self._told(sizes)
            if measured is None:
                continue
            if told is None:
                return None
            found.add(divmod(measured - sum(told), len(sizes)))
        if len(found) != 1:
            return None
        each, rest = found.pop()
        return each if rest == 0 else None

    def _told(self, sizes: Sequence[Size]) -> list[int] | None:
        tell = getattr(self._processor, "_get_num_multimodal_tokens", None)
        if tell is None:
            return None
        try:
            told = tell(image_sizes=[list(size) for size in sizes]).num_image_tokens
            return [int(n) for n in told] if len(told) == len(sizes) else None
        except FAULTS:
            return None

    def _measured(self, sizes: tuple[Size, ...]) -> int | None:
        """What the processor makes of blank pictures of these sizes."""
        from PIL import Image

        if sum(height * width for height, width in sizes) > LARGEST:
            return None
        text = self._rendered([Turn("user", (*sizes, "a"))])
        if text is None:
            return None
        pictures = [Image.new("RGB", (width, height)) for height, width in sizes]
        try:
            ids = self._run(text, pictures)
        except FAULTS:
            return None
        return len(ids) - self._length(text)

    def _run(self, text: str, pictures: list[Any]) -> Sequence[int]:
        bos = getattr(self._processor.tokenizer, "bos_token", None)
        plain = {"add_special_tokens": False} if bos and text.startswith(bos) else {}
        found: Sequence[int] = self._processor(text=[text], images=[pictures], **plain)[
            "input_ids"
        ][0]
        return found
