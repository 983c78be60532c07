"""What a command says: tables for people on stdout, progress on stderr, or one JSON object."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

Advance = Callable[[int], None]


class Console:
    """One command's output. With `as_json` only `result` prints, and only its object."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json

    def say(self, text: str = "") -> None:
        """A line for people; never markup, since it may hold a source's own text."""
        if not self.as_json:
            self._rich().print(text, markup=False, highlight=False, soft_wrap=True)

    def warn(self, text: str) -> None:
        """A line on stderr, in both modes."""
        sys.stderr.write(f"warning: {printable(text)}\n")

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A small table for people; numbers are set right. Nothing is printed without rows."""
        if self.as_json or not rows:
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(title=title, title_justify="left", title_style="bold", box=None)
        for index, column in enumerate(columns):
            number = all(isinstance(row[index], int | float) for row in rows)
            table.add_column(column, justify="right" if number else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(printable(_cell(value))) for value in row))
        self._rich().print(table)

    def result(self, payload: Mapping[str, Any]) -> None:
        """The command's object, printed in JSON mode only."""
        if self.as_json:
            sys.stdout.write(json.dumps(payload, ensure_ascii=False, default=str) + "\n")

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Advance]:
        """A bar on stderr while the block runs, shown only where stderr is a terminal."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda _count: None
            return
        from rich.console import Console as RichConsole
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=RichConsole(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=total)
            yield lambda count: bar.update(task, advance=count)

    def _rich(self) -> "RichConsole":
        from rich.console import Console as RichConsole

        return RichConsole(width=None if sys.stdout.isatty() else 120)


def printable(text: str) -> str:
    """Text without control characters and lone surrogates, safe for any terminal."""
    return "".join(
        char if (char.isprintable() or char == "\n") else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
