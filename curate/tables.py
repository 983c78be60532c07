"""Tables for people: as wide as they need in a pipe, never crushed on a terminal.

Where the columns do not fit side by side without breaking an id or a number, each row is written
down the page instead, a line a field.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from curate.plain import json_text, plain
from curate.terminal import printable

if TYPE_CHECKING:
    from rich.table import Table

LONGEST_CELL = 500
LONGEST_WORD = 36
GAP = 2
CUT = "\N{HORIZONTAL ELLIPSIS}"
LINE_BREAK = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"

PATH_OR_REST = re.compile(r"\S+|\s+")
AFTER_SLASH = re.compile("(?<=/)")

Cells = Sequence[Sequence[str]]


def cell(value: object, *, grouped: bool) -> str:
    """A value as it stands in a table; with `grouped`, whole numbers have thousands separators."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value.normalize():f}"
    if isinstance(value, int) and grouped:
        return f"{value:,}"
    simple = plain(value)
    return json_text(simple) if isinstance(simple, dict | list) else printable(str(simple))


def shortened(text: str) -> str:
    """At most 500 characters, the last one saying that there are more."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + CUT


def is_number(value: object) -> bool:
    """Whether a value is set to the right."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def widths(columns: Sequence[str], rows: Cells, width: int) -> list[int] | None:
    """A width for each column that breaks no word of up to 36 cells; None where there is none."""
    from rich.cells import cell_len

    texts = [[column, *(row[index] for row in rows)] for index, column in enumerate(columns)]
    natural = [
        max(cell_len(line) for text in column for line in text.split("\n")) for column in texts
    ]
    longest = [
        max((cell_len(word) for text in column for word in text.split()), default=0)
        for column in texts
    ]
    least = [min(one, most, LONGEST_WORD) for one, most in zip(longest, natural, strict=True)]
    room = width - GAP * (len(columns) - 1)
    return None if sum(least) > room else _shared(least, natural, room)


def _shared(least: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """The room over the least widths goes where it is missed most evenly."""
    found = list(least)
    spare = room - sum(found)
    while spare > 0:
        short = [index for index, size in enumerate(found) if size < natural[index]]
        if not short:
            break
        share = max(1, spare // len(short))
        for index in short[:spare]:
            more = min(share, natural[index] - found[index])
            found[index] += more
            spare -= more
    return found


def side_by_side(
    columns: Sequence[str], rows: Cells, right: Sequence[bool], sizes: Sequence[int] | None
) -> "Table":
    """The table with a line a row; `sizes` None gives each column what it needs."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    for index, column in enumerate(columns):
        table.add_column(
            Text(column),
            justify="right" if right[index] else "left",
            overflow="fold",
            no_wrap=sizes is None,
            width=None if sizes is None else sizes[index],
        )
    for row in rows:
        texts = row if sizes is None else map(folded, row, sizes)
        table.add_row(*(Text(text) for text in texts))
    return table


def folded(text: str, width: int) -> str:
    """The text with its paths that are wider than this broken behind slashes, not in a word."""
    from rich.cells import cell_len

    found = []
    for word in PATH_OR_REST.findall(text):
        rest = ""
        for part in AFTER_SLASH.split(word) if cell_len(word) > width else [word]:
            if rest and cell_len(rest + part) > width:
                found.append(f"{rest}\n")
                rest = ""
            rest += part
        found.append(rest)
    return "".join(found)


def down_the_page(columns: Sequence[str], rows: Cells) -> "Table":
    """The table with a line a field and a blank line between rows."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for number, row in enumerate(rows):
        if number:
            table.add_row("", "")
        for column, text in zip(columns, row, strict=True):
            table.add_row(Text(column), Text(text))
    return table


def one_line(text: str) -> str:
    """The text with its line breaks as a sign, so that in a pipe a row is one line."""
    return text.replace("\n", LINE_BREAK).replace("\t", " ")


def cells_of(rows: Sequence[Sequence[Any]], *, grouped: bool) -> list[list[str]]:
    """Every value as text, whole."""
    return [[cell(value, grouped=grouped) for value in row] for row in rows]
