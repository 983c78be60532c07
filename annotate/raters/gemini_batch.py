"""Gemini's batch tier: many requests as one job, at half the price, within a day.

Submit, look at the state until it has ended, read the results by key. The caller keeps job names
and keys, so that it can go on after a kill; it does the waiting too.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from annotate.base import GiveUp, StopRun, TryAgain
from annotate.raters import transport
from annotate.raters.access import Scrub, checked_key, checked_url
from annotate.raters.gemini import Level, problem_of
from annotate.raters.gemini_batch_lines import BatchFile, Keyed, Outcome, outcome_of, write_files
from annotate.raters.gemini_batch_state import BatchGone, BatchState, state_of
from annotate.raters.gemini_client import Connected, connect, sdk_errors
from annotate.raters.gemini_errors import SERVICE
from annotate.raters.problems import Problem

if TYPE_CHECKING:
    from google.genai.client import AsyncClient
    from google.genai.types import UploadFileConfigDict

BYTE_LIMIT = 1_900_000_000  # the service takes 2 GB
CALL_S, TRANSFER_S = 120.0, 3600.0
PAGE = 100
# What is not there is said with a 403 too, which else speaks of the key.
A_FILE, ANYTHING = re.compile(r"\bFile\b"), re.compile(r"^(?!.*API key)", re.DOTALL)
T = TypeVar("T")


def unheard(_display_name: str, _keys: tuple[str, ...]) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A job and the keys of its requests."""

    name: str
    keys: tuple[str, ...]


class GeminiBatches:
    """Batch jobs of one model. It belongs to the event loop of its first call.

    Every method raises TryAgain, GiveUp or StopRun as a rater does, and BatchGone where a job or a
    file is no longer there.
    """

    def __init__(
        self,
        model: str,
        *,
        key: str | None,
        base_url: str | None = None,
        thinking_level: Level | None = None,
        byte_limit: int = BYTE_LIMIT,
    ) -> None:
        self.model = model
        self._key = checked_key(key, of=SERVICE.name, fix=SERVICE.mend_key)
        self._scrub = Scrub(self._key)
        self._base_url = checked_url(base_url)
        self._level, self._byte_limit = thinking_level, byte_limit
        self._connected: Connected | None = None

    async def submit(self, lines: Iterable[Keyed], display_name: str) -> str:
        """The name of one new job. Raises ValueError where the lines need more than one file."""
        with TemporaryDirectory(prefix="pairwright-batch-") as folder:
            files = self._files(lines, folder)
            first = next(files, None)
            if first is None:
                raise ValueError("a batch without requests")
            if next(files, None) is not None:
                raise ValueError(f"more than {self._byte_limit} bytes: use submit_all")
            return await self._started(first, display_name)

    async def submit_all(
        self,
        lines: Iterable[Keyed],
        display_name: str,
        announce: Callable[[str, tuple[str, ...]], None] = unheard,
    ) -> AsyncIterator[Submitted]:
        """As many jobs as the byte limit asks for, each given out as soon as it stands.

        `announce` hears a job's display name and keys before anything of it is sent; with the name
        `find` finds the job that a kill left without a word.
        """
        with TemporaryDirectory(prefix="pairwright-batch-") as folder:
            for number, file in enumerate(self._files(lines, folder), start=1):
                announce(f"{display_name}-{number}", file.keys)
                name = await self._started(file, f"{display_name}-{number}")
                yield Submitted(name, file.keys)
                file.path.unlink()

    async def find(self, display_name: str) -> str | None:
        """The name of the job with this display name, None where there is none."""

        async def look(aio: "AsyncClient") -> str | None:
            async for job in await aio.batches.list(config={"page_size": PAGE}):
                if job.display_name == display_name:
                    return str(job.name)
            return None

        return await self._called(look, TRANSFER_S, ANYTHING)

    async def state(self, name: str) -> BatchState:
        """How far the job is."""
        job = await self._called(lambda aio: aio.batches.get(name=name), CALL_S, ANYTHING)
        return state_of(
            job.state.value if job.state else None, job.dest.file_name if job.dest else None
        )

    async def results(self, name: str) -> AsyncIterator[tuple[str, Outcome]]:
        """What came of the job's requests, by key, in no order; nothing where it has no results.

        A key may be missing, of a partly succeeded job or because its line cannot be read.
        """
        file = (await self.state(name)).results
        if file is None:
            return
        with TemporaryDirectory(prefix="pairwright-batch-") as folder:
            path = Path(folder) / "results.jsonl"
            await self._called(
                lambda aio: aio.files.download(file=file, destination=path), TRANSFER_S, ANYTHING
            )
            with path.open("rb") as lines:
                for line in lines:
                    if (found := outcome_of(line, self._scrub)) is not None:
                        yield found

    async def cancel(self, name: str) -> None:
        """Ask for the job's end; results that it has are lost."""
        await self._called(lambda aio: aio.batches.cancel(name=name), CALL_S, ANYTHING)

    async def close(self) -> None:
        """Let go of connections."""
        connected, self._connected = self._connected, None
        if connected is not None:
            await connected.close()

    def _files(self, lines: Iterable[Keyed], folder: str) -> Iterator[BatchFile]:
        return write_files(lines, Path(folder), self._byte_limit, self._level)

    async def _started(self, file: BatchFile, display_name: str) -> str:
        upload: UploadFileConfigDict = {
            "display_name": display_name,
            "mime_type": "application/jsonl",
        }
        stored = await self._called(
            lambda aio: aio.files.upload(file=file.path, config=upload), TRANSFER_S, A_FILE
        )
        source = str(stored.name)
        try:
            job = await self._called(
                lambda aio: aio.batches.create(
                    model=self.model, src=source, config={"display_name": display_name}
                ),
                CALL_S,
                A_FILE,
            )
        except (TryAgain, GiveUp, StopRun):
            # 20 GB of files are all that a project may have.
            with suppress(TryAgain, GiveUp, StopRun, BatchGone):
                await self._called(lambda aio: aio.files.delete(name=source), CALL_S, A_FILE)
            raise
        return str(job.name)

    async def _called(
        self, call: "Callable[[AsyncClient], Awaitable[T]]", seconds: float, gone: re.Pattern[str]
    ) -> T:
        """What a call gives. A 403 or 404 that matches `gone` means that something is not there."""
        if self._connected is None:
            self._connected = connect(self._key, self._base_url)
        # KeyError, TypeError: an upload answered with something else than a file.
        expected: transport.Errors = (*sdk_errors(), KeyError, TypeError)
        try:
            async with asyncio.timeout(seconds):
                return await call(self._connected.client.aio)
        except expected as error:
            problem = self._problem(error, gone)
        raise problem

    def _problem(self, error: Exception, gone: re.Pattern[str]) -> Problem | BatchGone:
        message = getattr(error, "message", None) or ""
        if getattr(error, "code", None) in {403, 404} and gone.search(message):
            return BatchGone(self._scrub(message))
        return problem_of(error, self._scrub)
