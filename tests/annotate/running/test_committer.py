"""Group commit: on the disk before it is told, few fsyncs for many lines, never half a line."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest

from annotate.running.committer import Committer, open_new
from tests.support.virtual_time import run_virtually

LINE = b'{"a": 1}\n'


def test_a_line_is_on_the_disk_when_its_commit_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.jsonl"
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda _number: synced.append(path.stat().st_size))

    async def main() -> None:
        with open_new(path) as file:
            synced.clear()
            await Committer(file).commit(LINE)
            assert synced == [len(LINE)]

    asyncio.run(main())


def test_many_lines_share_an_fsync_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    lines = [b"%d\n" % number for number in range(1000)]

    async def main() -> None:
        with open_new(tmp_path / "run.jsonl") as file:
            monkeypatch.setattr(os, "fsync", synced.append)
            journal = Committer(file)
            await asyncio.gather(*map(journal.commit, lines))

    asyncio.run(main())
    assert (tmp_path / "run.jsonl").read_bytes() == b"".join(lines)
    assert len(synced) == 1


def test_lines_that_come_during_an_fsync_share_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    async def main() -> None:
        with open_new(tmp_path / "run.jsonl") as file:
            monkeypatch.setattr(os, "fsync", synced.append)
            await _staggered(Committer(file), 5)

    run_virtually(main(), thread_seconds=1)
    assert (tmp_path / "run.jsonl").read_bytes() == LINE * 5
    assert len(synced) == 2


def test_the_loop_goes_on_while_the_disk_is_slow(tmp_path: Path) -> None:
    async def main() -> float:
        loop = asyncio.get_running_loop()
        with open_new(tmp_path / "run.jsonl") as file:
            committed = asyncio.ensure_future(Committer(file).commit(LINE))
            await asyncio.sleep(1)
            seen = loop.time()
            assert not committed.done()
            await committed
        return seen

    assert run_virtually(main(), thread_seconds=5) == 1


def test_a_cancelled_waiters_line_is_written_all_the_same(tmp_path: Path) -> None:
    async def main() -> None:
        with open_new(tmp_path / "run.jsonl") as file:
            journal = Committer(file)
            waiters = [asyncio.ensure_future(journal.commit(LINE)) for _ in range(3)]
            await asyncio.sleep(0.5)
            waiters[0].cancel()
            waiters[2].cancel()
            with suppress(asyncio.CancelledError):
                await waiters[0]
            await journal.drain()
            assert waiters[1].done()

    run_virtually(main(), thread_seconds=1)
    assert (tmp_path / "run.jsonl").read_bytes() == LINE * 3


def test_draining_an_idle_journal_touches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    async def main() -> None:
        with open_new(tmp_path / "run.jsonl") as file:
            monkeypatch.setattr(os, "fsync", synced.append)
            await Committer(file).drain()

    asyncio.run(main())
    assert not synced


def test_a_full_disk_leaves_whole_lines_and_fails_every_later_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    room = [len(LINE) + 3]

    def write(number: int, data: bytes) -> int:
        if not room[0]:
            room[0] = 10**6  # as if someone made room in the next moment
            raise OSError(28, "No space left on device")
        written = real(number, bytes(data[: room[0]]))
        room[0] -= written
        return written

    async def main() -> None:
        with open_new(tmp_path / "run.jsonl") as file:
            journal = Committer(file)
            monkeypatch.setattr(os, "write", write)
            await journal.commit(LINE)
            ended = await _staggered(journal, 3)
            assert all(isinstance(error, OSError) for error in ended)
            with pytest.raises(OSError, match="No space left"):
                await journal.commit(LINE)
            await journal.drain()

    run_virtually(main(), thread_seconds=1)
    assert (tmp_path / "run.jsonl").read_bytes() == LINE


def test_a_journal_that_is_there_is_not_written_behind(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_bytes(b'{"torn')
    with pytest.raises(FileExistsError):
        open_new(tmp_path / "run.jsonl")


async def _staggered(journal: Committer, lines: int) -> list[BaseException | None]:
    """Commit lines of which all but the first come while that one is on its way."""
    first = asyncio.ensure_future(journal.commit(LINE))
    await asyncio.sleep(0.5)
    rest = [asyncio.ensure_future(journal.commit(LINE)) for _ in range(lines - 1)]
    return await asyncio.gather(first, *rest, return_exceptions=True)
