"""What Pillow raises and remarks on hostile pictures, as the faults they mean."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from curate.media.rules import MediumFaultError

# What Pillow's readers raise on hostile bytes, as found by feeding them mutated files; a Warning
# comes where the caller made warnings errors.
DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    AssertionError,
    Warning,
    struct.error,
    zlib.error,
)


@contextmanager
def quiet_decoding() -> Iterator[None]:
    """While the block runs, Pillow's remarks on odd files are neither printed nor made errors.

    Filters of warnings are the process's: enter this in the main thread, around all workers.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield


@contextmanager
def decoding_faults() -> Iterator[None]:
    """What Pillow raises inside, as the fault it means."""
    from PIL.Image import DecompressionBombError, DecompressionBombWarning

    try:
        yield
    except (DecompressionBombError, DecompressionBombWarning) as error:
        raise MediumFaultError("oversized_media", _one_line(error)) from error
    except DECODING_ERRORS as error:
        raise MediumFaultError(
            "unreadable_media", f"it does not decode: {_one_line(error)}"
        ) from error


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
