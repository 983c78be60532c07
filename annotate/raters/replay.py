"""Recorded judgements as a rater, and the recorder that writes them."""

from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import ValidationError

from annotate.base import GiveUp, Rater, Reply, Request
from annotate.digest import request_digest
from annotate.journal import whole_length
from annotate.prompting.quoting import valid_text
from schemas.base import Hex32, Record
from schemas.errors import SourceError
from schemas.event import Usage


class Recorded(Record):
    """One line of a file of recorded judgements: what was answered to which request."""

    request_digest: Hex32
    text: str
    finish: Literal["stop", "truncated", "blocked"]
    model_version: str | None = None
    usage: Usage = Usage()
    detail: str = ""


class Replay:
    """Answers from a file; of two to one request the later one counts. Nothing is sent."""

    def __init__(self, model: str, path: Path) -> None:
        self.model = model
        self._recorded = {one.request_digest: one for one in _read(path)}

    async def ask(self, request: Request, *, timeout: float) -> Reply:  # noqa: ARG002, ASYNC109 - the contract's
        """The recorded reply. Raises GiveUp for a request that is not among them."""
        found = self._recorded.get(request_digest(request))
        if found is None:
            raise GiveUp("refused_by_server", "not among the recorded judgements")
        return Reply(found.text, found.finish, found.usage, found.model_version, found.detail)

    async def close(self) -> None:
        """Nothing is open."""


class Recording:
    """Another rater's replies, each appended to a file as it comes. Failures are not recorded."""

    def __init__(self, rater: Rater, path: Path) -> None:
        self.model = rater.model
        self._rater = rater
        self._file = _appended(path)

    async def ask(self, request: Request, *, timeout: float) -> Reply:  # noqa: ASYNC109 - the contract's
        """The other rater's reply."""
        reply = await self._rater.ask(request, timeout=timeout)
        recorded = Recorded(
            request_digest=request_digest(request),
            text=valid_text(reply.text),
            finish=reply.finish,
            model_version=reply.model_version,
            usage=reply.usage,
            detail=reply.detail,
        )
        self._file.write(recorded.model_dump_json(exclude_defaults=True).encode() + b"\n")
        self._file.flush()
        return reply

    async def close(self) -> None:
        """Close the file and the other rater."""
        self._file.close()
        await self._rater.close()


def _read(path: Path) -> list[Recorded]:
    """All whole lines; what follows the last newline is a torn write."""
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except OSError as error:
        fix = "set base_url to the file of recorded judgements"
        raise SourceError(f"{path}: cannot be read ({error.strerror})", fix) from error
    return [_parsed(line, f"{path}, line {place}") for place, line in enumerate(lines, start=1)]


def _parsed(line: bytes, place: str) -> Recorded:
    try:
        return Recorded.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise SourceError(
            f"{place}: no recorded judgement ({first['msg']})", "record the file anew"
        ) from error


def _appended(path: Path) -> BinaryIO:
    """The file open for more lines, without the torn write that a kill may have left."""
    if path.exists():
        with path.open("r+b") as file:
            file.truncate(whole_length(path))
    return path.open("ab")
