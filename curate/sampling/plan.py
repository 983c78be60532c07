"""What a run has to do: of every prompt and model, which generations are not there yet."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from curate.engines.duckdb import DuckDBEngine
from curate.media.store import MediaStore
from curate.sampling.draws import Traits, draw_of
from curate.sampling.journals import Known
from curate.sampling.settings import Sampling
from curate.sampling.targets import Target


@dataclass(slots=True)
class Work:
    """One model's share. `missing` holds the numbers to ask of each prompt that has any.

    `cached` came in an earlier run, `blocked` was refused for good in one.
    """

    target: Target
    planned: int = 0
    cached: int = 0
    blocked: int = 0
    missing: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """Generations to ask for."""
        return sum(map(len, self.missing.values()))


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of it. `skipped` counts prompts that cannot be sent, by reason.

    `video` says that a video file has to be looked into.
    """

    prompts: int
    skipped: Mapping[str, int]
    video: bool
    work: tuple[Work, ...]

    @property
    def left(self) -> int:
        """Generations to ask for, of all models."""
        return sum(work.left for work in self.work)


def plan_of(
    engine: DuckDBEngine,
    store: MediaStore,
    targets: Sequence[Target],
    sampling: Sampling,
    known: Known,
) -> Plan:
    """The plan over the engine's table `chosen`."""
    work = tuple(Work(target) for target in targets)
    skipped: Counter[str] = Counter()
    prompts, video = 0, False
    stored = _Stored(store)
    for row in _rows(engine):
        fault = row["fault"] or (None if stored.all(row["files"]) else "missing_media")
        if fault:
            skipped[fault] += 1
            continue
        prompts += 1
        asked = [_add(one, row, sampling, known) for one in work]
        video = video or (row["video"] and any(asked))
    return Plan(prompts, dict(skipped), video, work)


def _add(work: Work, row: Mapping[str, Any], sampling: Sampling, known: Known) -> bool:
    """Count a prompt's generations for one model; whether any is to be asked."""
    traits = Traits(shown=row["shown"], filmed=row["filmed"], briefed=row["briefed"])
    missing = []
    for number in range(sampling.n):
        draw = draw_of(sampling, work.target.model, row["prompt_id"], traits, number)
        if draw.request_hash in known.came:
            work.cached += 1
        elif draw.request_hash in known.blocked:
            work.blocked += 1
        else:
            missing.append(number)
    work.planned += sampling.n
    if missing:
        work.missing[row["prompt_id"]] = tuple(missing)
    return bool(missing)


def _rows(engine: DuckDBEngine) -> Iterator[dict[str, Any]]:
    for batch in engine.batches("sample/plan_rows"):
        yield from batch.to_pylist()


class _Stored:
    """Which files the media store has, each looked up once."""

    def __init__(self, store: MediaStore) -> None:
        self._store = store
        self._found: dict[str, bool] = {}

    def all(self, files: Sequence[str]) -> bool:
        return all(map(self._has, files))

    def _has(self, file: str) -> bool:
        if file not in self._found:
            self._found[file] = self._store.has(file)
        return self._found[file]
