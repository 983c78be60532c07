"""Errors that a user can mend: what is wrong, where, and the fix, in one line.

The command line maps each class to an exit code (1 expected, 2 usage, 3 budget); nothing here
prints. Row-level problems are not errors: they are `dropped` or `failures` rows.
"""

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

LONGEST_WORD, MOST_WORDS = 100, 200
"""Characters of a word that is compared with others, and how many others it is compared with."""


class PairwrightError(Exception):
    """An expected error. `message` names the place and the value, `fix` what to do next."""

    exit_code = 1

    def __init__(self, message: str, fix: str | None = None) -> None:
        super().__init__(message if fix is None else f"{message}; {fix}")
        self.message = message
        self.fix = fix


class UsageError(PairwrightError):
    """The command was called with options that do not go together."""

    exit_code = 2


class BudgetError(PairwrightError):
    """A run stopped because its budget is spent; the workspace can go on later."""

    exit_code = 3


class ConfigError(PairwrightError):
    """curate.toml, an override or a predicate does not hold."""


class SourceError(PairwrightError):
    """A source as a whole cannot be read: no such file, no known layout, a broken container."""


class WorkspaceError(PairwrightError):
    """The folder is not a workspace, or a file in it is not what it must be."""


class JournalError(WorkspaceError):
    """A journal has a line that is no event; names file and line."""


class BuildError(PairwrightError):
    """A build cannot be made from what is there."""


class LabelStudioError(PairwrightError):
    """Label Studio cannot be installed, started or reached, or it refuses what it was sent."""


class ExportError(PairwrightError):
    """An export cannot be written."""


class HubError(PairwrightError):
    """The Hub cannot be reached, or it refuses what it was asked or sent."""


class AlignError(PairwrightError):
    """A model or an export that a recipe cannot train on, or a run that cannot go on."""


class MissingExtraError(PairwrightError):
    """An optional dependency is not installed; the fix names the extra."""


def installing(extra: str) -> str:
    """The command that adds an extra to this installation: by pipx, by uv as a tool, or by pip."""
    wanted, parts = f"'pairwright[{extra}]'", Path(sys.prefix).parts
    if "pipx" in parts:
        return f"pipx runpip pairwright install {wanted}"
    if ("uv", "tools") in pairwise(parts):
        return f"uv tool install --with {wanted} pairwright"
    return f"pip install {wanted}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, else all of them.

    Both may be a stranger's, and comparing takes the product of their lengths: long ones are not.
    """
    choices = sorted(known)
    alike = [choice for choice in choices if _may_be_alike(len(word), len(choice))]
    near = get_close_matches(word, alike[:MOST_WORDS], n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    if len(choices) > MOST_WORDS:
        return f"known: {', '.join(choices[:MOST_WORDS])} and {len(choices) - MOST_WORDS:,} more"
    return f"known: {', '.join(choices)}" if choices else "none is known"


def _may_be_alike(one: int, other: int) -> bool:
    """Whether words of these lengths can have six tenths of their letters in common."""
    return max(one, other) <= LONGEST_WORD and 3 * max(one, other) <= 7 * min(one, other)
