"""Who reads which format; a reader is loaded in its own process, when it is asked."""

from collections.abc import Callable, Mapping

from export.verify.base import Reader


def _datasets() -> Reader:
    from export.verify.datasets_reader import READER

    return READER


def _trl() -> Reader:
    from export.verify.trl import READER

    return READER


def _llama_factory() -> Reader:
    from export.verify.llama_factory import READER

    return READER


def _ms_swift() -> Reader:
    from export.verify.ms_swift import READER

    return READER


def _openrlhf() -> Reader:
    from export.verify.openrlhf import READER

    return READER


READERS: Mapping[str, Callable[[], Reader]] = {
    "datasets": _datasets,
    "trl": _trl,
    "llamafactory": _llama_factory,
    "ms-swift": _ms_swift,
    "openrlhf": _openrlhf,
}

UNRELEASED: Mapping[str, str] = {
    "mm-rlhf": "the trainer of MM-RLHF is no package that can be installed",
    "nemo-rl": "the package nemo-rl holds no code yet; its repository has it",
}
"""Readers that nobody can install, and why."""

READERS_OF: Mapping[str, tuple[str, ...]] = {
    "parquet": ("datasets",),
    "trl": ("datasets", "trl"),
    "trl-reward": ("datasets", "trl"),
    "trl-kto": ("datasets", "trl"),
    "llama-factory": ("datasets", "llamafactory"),
    "ms-swift": ("datasets", "ms-swift"),
    "openrlhf": ("datasets", "openrlhf"),
    "nemo-rl": ("datasets", "nemo-rl"),
    "mm-rlhf": ("datasets", "mm-rlhf"),
    "sft": ("datasets", "trl"),
    "best-of-n": ("datasets", "trl"),
    "rejection-sampling": ("datasets", "trl"),
    "steerlm": ("datasets", "trl"),
    "helpsteer": ("datasets",),
    "critique-reward": ("datasets",),
    "votes": ("datasets",),
}
"""The readers of each format, all of which must take it. A format that none reads has no line."""
