"""The phrases by which a published evaluation takes an answer for a refusal.

MM-RLHF's evaluation code looks for about sixty phrases anywhere in an answer, `however` and
`public` among them, so that it counts refusals that are none. Its text is not copied here: it is
read from a user's copy of that code, which is parsed and never run. Without one, the phrases that
are known to be loose stand for it, and what they count is told as a reconstruction.
"""

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import AlignError

LOOSE = ("however", "public", "cannot", "sorry")
"""Phrases of the list that answers hold without refusing (github.com/yfzhang114/mmrlhf-eval)."""

REFUSALS, REJECTIONS = "REJECT_TEMPLATES", "reject_list"
"""What that code calls the phrases of a refusal, and those by which VLGuard's tasks are counted."""


@dataclass(frozen=True, slots=True)
class RefusalList:
    """The phrases; `rejections` are VLGuard's own, which only a file can bring.

    With `reconstructed` the list is a part of the published one.
    """

    refusals: Sequence[str]
    rejections: Sequence[str] | None
    source: str
    reconstructed: bool

    def found(self, text: str) -> list[str]:
        """The phrases of a refusal that an answer holds, wherever they stand."""
        return _held(self.refusals, text)

    def rejected(self, text: str) -> bool | None:
        """Whether VLGuard's phrases say that an answer declines; null without its list."""
        return None if self.rejections is None else bool(_held(self.rejections, text))


RECONSTRUCTION = RefusalList(LOOSE, None, "a reconstruction", reconstructed=True)


def read_refusal_list(path: Path) -> RefusalList:
    """The list in a copy of the evaluation's utils.py, a JSON list, or a file with a phrase a line.

    Raises AlignError where the file has none.
    """
    try:
        text = path.read_text(encoding="utf-8")
        lists = _lists(path.suffix, text)
    except OSError as error:
        raise AlignError(f"{path}: {error.strerror}", "name a file of phrases") from error
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise AlignError(
            f"{path}: cannot be read as {path.suffix or 'text'}: {error}", "mend it"
        ) from error
    refusals = lists.get(REFUSALS)
    if not refusals:
        raise AlignError(
            f"{path}: no phrases in it",
            f"name the evaluation's utils.py ({REFUSALS} = [...]), a JSON list or a text file",
        )
    return RefusalList(refusals, lists.get(REJECTIONS), path.name, reconstructed=False)


def _lists(suffix: str, text: str) -> Mapping[str, Sequence[str]]:
    if suffix == ".py":
        return _of_code(text)
    if suffix == ".json":
        found = json.loads(text)
        named = found if isinstance(found, dict) else {REFUSALS: found}
        return {name: phrases for name, value in named.items() if (phrases := _phrases(value))}
    return {REFUSALS: [line for line in text.splitlines() if line.strip()]}


def _of_code(text: str) -> dict[str, Sequence[str]]:
    """Lists of texts that are given to the two names, at any depth of the code."""
    found: dict[str, Sequence[str]] = {}
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.List):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id in (REFUSALS, REJECTIONS):
                found[target.id] = _phrases(
                    [item.value for item in node.value.elts if isinstance(item, ast.Constant)]
                )
    return found


def _phrases(values: Any) -> list[str]:
    if not isinstance(values, list):
        return []
    return list(dict.fromkeys(one for one in values if isinstance(one, str) and one))


def _held(phrases: Sequence[str], text: str) -> list[str]:
    lower = text.lower()
    return [phrase for phrase in phrases if phrase.lower() in lower]
