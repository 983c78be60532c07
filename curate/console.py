"""What a command says: tables for people on stdout, progress on stderr, or one JSON object."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from curate.plain import json_text
from curate.terminal import printable, width


class Advance(Protocol):
    """Moves a bar."""

    def __call__(self, count: int, label: str | None = None, total: int | None = None, /) -> None:
        """Move it on by so many, and give it another label; `total` begins it anew at `count`."""


def no_bar(_count: int, _label: str | None = None, _total: int | None = None) -> None:
    """Draw nothing."""


class Console:
    """One command's output. With `as_json` only `result` prints, and only its object."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json

    def say(self, text: str = "") -> None:
        """A line for people; never markup, since it may hold a source's own text."""
        if not self.as_json:
            sys.stdout.write(f"{printable(text)}\n")

    def warn(self, text: str) -> None:
        """A line on stderr, in both modes."""
        sys.stderr.write(f"warning: {printable(text)}\n")

    def fail(self, text: str) -> None:
        """A line on stderr, in both modes, of what ends a command that still showed its result."""
        sys.stderr.write(f"error: {printable(text)}\n")

    def table(
        self,
        title: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
        *,
        grouped: bool = True,
    ) -> None:
        """A table for people; numbers are set right. Nothing is printed without rows.

        With `grouped`, whole numbers have thousands separators.
        """
        if self.as_json or not rows:
            return
        from curate import tables

        whole = tables.cells_of(rows, grouped=grouped)
        shown = [[tables.shortened(text) for text in row] for row in whole]
        right = [all(map(tables.is_number, column)) for column in zip(*rows, strict=True)]
        self._print_table(title, [printable(column) for column in columns], shown, right)
        if shown != whole:
            self.say(
                f"(cells of more than {tables.LONGEST_CELL} characters are cut, not in --json)"
            )

    def result(self, payload: Mapping[str, Any]) -> None:
        """The command's object, printed in JSON mode only."""
        if self.as_json:
            sys.stdout.write(json_text(payload) + "\n")

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Advance]:
        """A bar on stderr while the block runs, shown only where stderr is a terminal."""
        if self.as_json or not sys.stderr.isatty():
            yield no_bar
            return
        from rich.console import Console as RichConsole
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            Task,
            TextColumn,
            TimeElapsedColumn,
        )
        from rich.text import Text

        class Count(MofNCompleteColumn):
            def render(self, task: Task) -> Text:
                """Nothing, where neither a total nor a count is known."""
                known = task.total is not None or task.completed
                return super().render(task) if known else Text()

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            Count(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=RichConsole(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=total)

            def advance(count: int, label: str | None = None, total: int | None = None, /) -> None:
                if total is None:
                    bar.update(task, advance=count, description=label)
                else:
                    bar.reset(task, total=total, completed=count)
                    bar.update(task, description=label)

            yield advance

    def _print_table(
        self, title: str, columns: Sequence[str], rows: list[list[str]], right: Sequence[bool]
    ) -> None:
        from rich.console import Console as RichConsole
        from rich.text import Text

        from curate import tables

        room = width()
        if room is None:
            flat = [[tables.one_line(text) for text in row] for row in rows]
            table, room = tables.side_by_side(columns, flat, right, None), WIDEST
        elif (sizes := tables.widths(columns, rows, room)) is not None:
            table = tables.side_by_side(columns, rows, right, sizes)
        else:
            table = tables.down_the_page(columns, rows)
        console = RichConsole(width=room)
        with console.capture() as captured:
            if title:
                console.print(Text(title, style="bold"), overflow="fold")
            console.print(table)
        for line in captured.get().splitlines():
            sys.stdout.write(f"{line.rstrip()}\n")


WIDEST = 1 << 20
"""The columns of a pipe: more than any row of cut cells needs."""
