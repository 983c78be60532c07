"""What a journal is by content, as a build depends on it.

A failure's own words make no difference to a build, and a push leaves them out: they are a
server's, and may name it. So lines of failures count without them.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from schemas.base import canonical_json

BLOCK = 1 << 20
FAILURE = b'"failure":{'


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
            yield _without_words(line) if FAILURE in line else line


def _without_words(line: bytes) -> bytes:
    """The line of a failure in one form, whatever was said of it; a line that is none as it is."""
    try:
        event = json.loads(line)
        failure = event["failure"]
        event["failure"] = {key: value for key, value in failure.items() if key != "detail"}
        return canonical_json(event).encode("utf-8") + b"\n"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return line


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
