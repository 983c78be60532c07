"""Text of others made safe for a terminal, and the width there is to write in."""

import shutil
import sys
import unicodedata

JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
KEPT = f"\n\t{JOINERS}"


def printable(text: str) -> str:
    """Text without what steers a terminal: control characters, overrides of the writing direction.

    These and lone surrogates become U+FFFD. Spaces of any width, and the joiners that emoji and
    Persian words need, stay.
    """
    whole = text.replace("\r\n", "\n")
    if whole.isprintable():
        return whole
    return "".join(char if _is_harmless(char) else "\N{REPLACEMENT CHARACTER}" for char in whole)


def width() -> int | None:
    """The columns of the terminal; None where stdout is a pipe or a file, which has no width."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _is_harmless(char: str) -> bool:
    return char.isprintable() or char in KEPT or unicodedata.category(char) == "Zs"
