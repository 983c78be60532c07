"""What a journal is by content, as a build depends on it.

A failure's own words make no difference to a build, and a push leaves them out: they are a
server's, and may name it. Nor does the rater of an event that deletes another, who may be named.
So such lines count without them.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from schemas.base import canonical_json

BLOCK = 1 << 20
FAILURE, DELETED = b'"failure":{', b'"deleted":true'


def journal_digest(path: Path) -> str:
    """The sha256 of a journal's lines up to its last newline, of a sealed one as it is."""
    digest = hashlib.sha256()
    for part in _lines(path) if path.suffix == ".jsonl" else _blocks(path):
        digest.update(part)
    return digest.hexdigest()


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            yield _as_it_counts(line) if FAILURE in line or DELETED in line else line


def _as_it_counts(line: bytes) -> bytes:
    """The line of a failure or deletion in one form; a line that is no event as it is."""
    try:
        event = json.loads(line)
        failure = event.get("failure")
        if failure is not None:
            event["failure"] = {key: value for key, value in failure.items() if key != "detail"}
        if event.get("deleted") is True:
            del event["rater"]
        return canonical_json(event).encode("utf-8") + b"\n"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return line


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
