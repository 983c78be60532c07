"""Which formats there are; a format is loaded when it is asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module

from export.base import Format
from schemas.errors import ExportError, did_you_mean


def _format(module: str) -> Callable[[], Format]:
    return lambda: import_module(f"export.{module}").FORMAT


FORMATS: Mapping[str, Callable[[], Format]] = {
    "parquet": _format("parquet"),
    "trl": _format("trl"),
    "trl-reward": _format("trl_reward"),
    "trl-kto": _format("trl_kto"),
    "llama-factory": _format("llama_factory"),
    "ms-swift": _format("ms_swift"),
    "openrlhf": _format("openrlhf"),
    "nemo-rl": _format("nemo_rl"),
    "mm-rlhf": _format("mm_rlhf"),
    "helpsteer": _format("helpsteer"),
    "sft": _format("sft"),
    "best-of-n": _format("best_of_n"),
    "rejection-sampling": _format("rejection_sampling"),
    "steerlm": _format("steerlm"),
    "critique-reward": _format("critique_reward"),
    "votes": _format("votes"),
}


def get_format(name: str) -> Format:
    """The format of that name. Raises ExportError for a name that is none."""
    if name not in FORMATS:
        raise ExportError(f"export format {name!r} unknown", did_you_mean(name, FORMATS))
    return FORMATS[name]()
