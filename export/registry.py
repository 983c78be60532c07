"""Which formats there are; a format is loaded when it is asked for."""

from collections.abc import Callable, Mapping

from export.base import Format
from schemas.errors import ExportError, did_you_mean


def _parquet() -> Format:
    from export.parquet import FORMAT

    return FORMAT


def _trl() -> Format:
    from export.trl import FORMAT

    return FORMAT


def _ms_swift() -> Format:
    from export.ms_swift import FORMAT

    return FORMAT


def _trl_reward() -> Format:
    from export.trl_reward import FORMAT

    return FORMAT


def _trl_kto() -> Format:
    from export.trl_kto import FORMAT

    return FORMAT


def _llama_factory() -> Format:
    from export.llama_factory import FORMAT

    return FORMAT


def _openrlhf() -> Format:
    from export.openrlhf import FORMAT

    return FORMAT


def _nemo_rl() -> Format:
    from export.nemo_rl import FORMAT

    return FORMAT


def _mm_rlhf() -> Format:
    from export.mm_rlhf import FORMAT

    return FORMAT


def _best_of_n() -> Format:
    from export.best_of_n import FORMAT

    return FORMAT


def _critique_reward() -> Format:
    from export.critique_reward import FORMAT

    return FORMAT


def _helpsteer() -> Format:
    from export.helpsteer import FORMAT

    return FORMAT


def _rejection_sampling() -> Format:
    from export.rejection_sampling import FORMAT

    return FORMAT


def _sft() -> Format:
    from export.sft import FORMAT

    return FORMAT


def _steerlm() -> Format:
    from export.steerlm import FORMAT

    return FORMAT


def _votes() -> Format:
    from export.votes import FORMAT

    return FORMAT


FORMATS: Mapping[str, Callable[[], Format]] = {
    "parquet": _parquet,
    "trl": _trl,
    "trl-reward": _trl_reward,
    "trl-kto": _trl_kto,
    "llama-factory": _llama_factory,
    "ms-swift": _ms_swift,
    "openrlhf": _openrlhf,
    "nemo-rl": _nemo_rl,
    "mm-rlhf": _mm_rlhf,
    "helpsteer": _helpsteer,
    "sft": _sft,
    "best-of-n": _best_of_n,
    "rejection-sampling": _rejection_sampling,
    "steerlm": _steerlm,
    "critique-reward": _critique_reward,
    "votes": _votes,
}


def get_format(name: str) -> Format:
    """The format of that name. Raises ExportError for a name that is none."""
    if name not in FORMATS:
        raise ExportError(f"export format {name!r} unknown", did_you_mean(name, FORMATS))
    return FORMATS[name]()
