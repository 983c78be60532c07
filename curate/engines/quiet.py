"""DuckDB without its progress bar, which would go to stdout where --json prints one object."""

from contextlib import suppress

import duckdb


def without_bar(connection: duckdb.DuckDBPyConnection) -> None:
    """Switch the bar off. In a notebook without ipywidgets there is none, and nothing to switch."""
    with suppress(duckdb.InvalidInputException):
        connection.execute("set enable_progress_bar = false")
