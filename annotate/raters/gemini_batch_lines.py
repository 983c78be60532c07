"""The files of a batch: requests out as lines, results back by key.

A line is {"key": ..., "request": ...} with REST nesting in snake case, as the documents of the
batch interface write it (https://ai.google.dev/gemini-api/docs/batch-api).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.base import GiveUp, Reply, Request, StopRun, TryAgain
from annotate.raters.access import Scrub
from annotate.raters.gemini_errors import HTTP_OF_RPC, of_error
from annotate.raters.gemini_reply import reply_of
from annotate.raters.gemini_request import body_of, in_snake_case
from annotate.raters.problems import malformed

Outcome = Reply | TryAgain | GiveUp
Keyed = tuple[str, Request]


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file of request lines, and the keys in it."""

    path: Path
    keys: tuple[str, ...]


def write_files(
    lines: Iterable[Keyed], folder: Path, byte_limit: int, thinking_level: str | None
) -> Iterator[BatchFile]:
    """Files of at most `byte_limit` bytes, each whole when it is given out.

    Raises ValueError for a key that comes twice and for a request too long for any file.
    """
    seen: set[str] = set()
    pending = _encoded(lines, byte_limit, thinking_level, seen)
    first = next(pending, None)
    number = 0
    while first is not None:
        path = folder / f"batch-{number}.jsonl"
        keys, size = [first[0]], len(first[1])
        with path.open("wb") as file:
            file.write(first[1])
            while (first := next(pending, None)) is not None:
                if size + len(first[1]) > byte_limit:
                    break
                keys.append(first[0])
                size += file.write(first[1])
        yield BatchFile(path, tuple(keys))
        number += 1


def outcome_of(line: bytes, scrub: Scrub) -> tuple[str, Outcome] | None:
    """The key of a result line and what came of its request, None for a line without a key."""
    try:
        result = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(result, dict) or not isinstance(result.get("key"), str):
        return None
    return result["key"], _outcome(result, scrub)


def _encoded(
    lines: Iterable[Keyed], byte_limit: int, thinking_level: str | None, seen: set[str]
) -> Iterator[tuple[str, bytes]]:
    for key, request in lines:
        if key in seen:
            raise ValueError(f"key {key!r} comes twice in one batch")
        seen.add(key)
        body = in_snake_case(body_of(request, thinking_level))
        line = json.dumps({"key": key, "request": body}, ensure_ascii=False).encode() + b"\n"
        if len(line) > byte_limit:
            raise ValueError(f"key {key!r}: {len(line)} bytes, over the limit of {byte_limit}")
        yield key, line


def _outcome(result: dict[str, Any], scrub: Scrub) -> Outcome:
    error = result.get("error") or result.get("status")
    if error:
        return _failure(error, scrub)
    try:
        return reply_of(result.get("response"))
    except TryAgain as problem:
        return problem


def _failure(error: Any, scrub: Scrub) -> TryAgain | GiveUp:
    code = error.get("code") if isinstance(error, dict) else None
    if not isinstance(code, int):
        return malformed("a result line with an error that has no code")
    problem = of_error(HTTP_OF_RPC.get(code, code), {"error": error}, scrub)
    # The job as a whole went through, so what is refused here is this request alone.
    if isinstance(problem, StopRun):
        return GiveUp("refused_by_server", str(problem))
    return problem
