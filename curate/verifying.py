"""Exports loaded with the code of those who will read them, and what they say."""

from collections.abc import Callable, Mapping

from export.base import ExportResult
from export.verify.running import verified


def verify(
    results: Mapping[str, ExportResult],
    python: str | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> dict[str, ExportResult]:
    """The results with what each format's own readers say of the files; none is left out.

    `python` is the interpreter that has the trainers, this one where it is not given. Raises
    UsageError where it is none.
    """
    found = {}
    for name, result in results.items():
        found[name] = verified(name, result, python)
        progress(1)
    return found


def refusals(results: Mapping[str, ExportResult]) -> list[str]:
    """What was refused by whom and why, a line a reader."""
    return [
        f"{name} is refused by {verdict.by}: {verdict.detail}"
        for name, result in results.items()
        for verdict in result.verdicts
        if verdict.verified is False
    ]
