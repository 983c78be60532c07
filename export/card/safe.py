"""Text of others in a card: it stays text, whatever Markdown, HTML or an address it tries to be."""

import re
from collections.abc import Sequence

from export.columns import LOCAL_FOLDERS

LONGEST = 300
LONGEST_PARAGRAPH = 2000
MARKUP = str.maketrans(
    {"\\": "&#92;", "&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "|": "&#124;"}
    | {char: f"\\{char}" for char in "`*_[]~!#{}"}
)
BLOCK_START = re.compile(r"^(\d{0,9})([-+=]|[.)](?=\s|$))")
INNER_FOLDERS = re.compile(r"([\s'\"(=])(?:file://)?(?:~|[A-Za-z]:)?[\\/](?:[^\\/\s]+[\\/])+")
"""The folders of an absolute path inside a sentence."""

PLAIN_CODE = re.compile(r"[^`|\\]+")
ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
JOINER = "\N{WORD JOINER}"
SHOWN_MARKS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")


def line(text: str, longest: int = LONGEST) -> str:
    """The text on one line, without control characters and the folders of an absolute path."""
    whole = "".join(_shown(char) for char in re.sub(r"\s", " ", text))
    short = INNER_FOLDERS.sub(r"\1", re.sub(LOCAL_FOLDERS, "", " ".join(whole.split())))
    return short if len(short) <= longest else f"{short[: longest - 1]}\N{HORIZONTAL ELLIPSIS}"


def words(text: str, longest: int = LONGEST) -> str:
    """The text as prose: no markup, and no address that a reader's software would make a link."""
    parted = ADDRESS.sub(lambda found: found[0] + JOINER, line(text, longest))
    return BLOCK_START.sub(r"\1\\\2", parted.translate(MARKUP))


def prose(text: str) -> list[str]:
    """The text as prose, a paragraph for each part between blank lines."""
    parts = re.split(r"\n\s*\n", text)
    return [said for part in parts if (said := words(part, LONGEST_PARAGRAPH))]


def code(text: str, longest: int = 80) -> str:
    """The text as a name in code type, as prose where it holds what would end the code."""
    name = line(text, longest)
    return f"`{name}`" if PLAIN_CODE.fullmatch(name) else words(name, longest) or "-"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], right: str = "") -> str:
    """A table of cells that are safe already; columns named in `right` hold numbers."""
    rule = ["---:" if right and column in right.split("|") else "---" for column in columns]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, rule, *rows))


def percent(share: float | None) -> str:
    """A share with one decimal; nothing for none."""
    return "" if share is None else f"{share * 100:.1f}\N{NO-BREAK SPACE}%"


def _shown(char: str) -> str:
    return char if char.isprintable() or char in SHOWN_MARKS else "\N{REPLACEMENT CHARACTER}"
