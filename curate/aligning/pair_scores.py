"""A reward model's scores of a benchmark's pairs, as a file that `curate bench` grades.

Rows stand in the benchmark's order, each with the ids that its own row has and no label beside the
scores' names. What has no score is null there, which is wrong to `bench`.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from align.quieting import quiet
from align.reward.exchange import Exchange
from align.reward.scoring import Scored, Scorer
from align.score import fault_of, model_for
from curate.aligning.exchanges import turns_of
from curate.aligning.planning import Component
from curate.aligning.reward_run import RewardRun
from curate.aligning.scoring import scorer_for
from curate.benching.asked import Missing, Questions, take_questions
from curate.benching.benchmark import Benchmark, BenchPair, opened, read_benchmark
from curate.benching.home import BenchWorkspace
from curate.benching.row import BenchRow
from curate.benching.rows import bench_rows
from curate.media.rules import MediumFaultError
from curate.media.stored import StoredMedia
from curate.settings import resolve
from curate.workspace import FOLDERS
from schemas.candidate import Prompt
from schemas.config import Config

SIDES = ("chosen", "rejected")
CRITIQUES = ("{}_critique", "{}_reason")
"""Columns of what was said of a side: ours, and MM-RLHF's."""

Answer = tuple[str, str, str | None]
"""A prompt_id, a response and its critique."""


@dataclass(slots=True)
class PairsReport:
    """What scoring a benchmark came to, in pairs; `failed` and `left_out` are by reason."""

    path: Path
    pairs: int = 0
    scored: int = 0
    in_sample: int = 0
    cut: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def score_pairs(
    run: RewardRun,
    location: str,
    out: Path,
    media_root: Path | None,
    missing: Missing,
    components: Mapping[str, Component],
    now: datetime,
    bar: Callable[[int], Any],
) -> PairsReport:
    """Score both answers of every pair and write `out`, whole or not at all.

    `components` are those of prompts that may be among the benchmark's; a prompt without one is a
    component of its own.

    Raises SourceError for a file without pairs, or without its media where `missing` is `fail`.
    """
    benchmark = read_benchmark(location, media_root)
    report = PairsReport(out, len(benchmark.pairs))
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="curate-", dir=out.absolute().parent) as scratch, quiet():
        home = _home(Path(scratch))
        source = opened(location, media_root)
        questions = take_questions(home, benchmark, source, missing, now)
        said = _critiques(run, benchmark, location, media_root)
        asked = _Asked(home, benchmark, questions, said)
        with bar(len(asked.answers)) as advance:
            scores = _scores(run, asked, components, report, advance)
        lines = [_line(asked, place, scores, report) for place in range(len(benchmark.pairs))]
        written = Path(scratch) / "scores.jsonl"
        written.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
        written.replace(out)
    return report


class _Asked:
    """The pairs as answers to judge, each once; an answer that was not taken in is None."""

    def __init__(
        self,
        home: BenchWorkspace,
        benchmark: Benchmark,
        questions: Questions,
        critiques: Sequence[tuple[str | None, str | None]],
    ) -> None:
        self.home, self.benchmark = home, benchmark
        self.sides = [
            self._sides(pair, questions.prompt_ids.get(pair.asked), said)
            for pair, said in zip(benchmark.pairs, critiques, strict=True)
        ]
        both = [answer for pair in self.sides for answer in pair if answer is not None]
        self.answers: list[Answer] = sorted(set(both), key=lambda it: (it[0], it[1], it[2] or ""))

    def prompts(self) -> Mapping[str, Prompt]:
        """The prompts by id."""
        from curate.views import open_views

        with open_views(self.home) as connection:
            rows = connection.table("prompts").to_arrow_table().to_pylist(maps_as_pydicts="strict")
        return {row["prompt_id"]: Prompt.model_validate(row) for row in rows}

    @staticmethod
    def _sides(
        pair: BenchPair, prompt_id: str | None, said: tuple[str | None, str | None]
    ) -> tuple[Answer | None, Answer | None]:
        if prompt_id is None:
            return None, None
        return (prompt_id, pair.chosen, said[0]), (prompt_id, pair.rejected, said[1])


def _home(folder: Path) -> BenchWorkspace:
    """An empty workspace to pull the benchmark's questions into."""
    home = BenchWorkspace(folder / "home", resolve(Config()))
    for name in FOLDERS:
        (home.root / name).mkdir(parents=True)
    return home


def _critiques(
    run: RewardRun, benchmark: Benchmark, location: str, media_root: Path | None
) -> list[tuple[str | None, str | None]]:
    """What the rows themselves say of both answers, read again where that is asked for."""
    if run.mode != "given":
        return [(None, None)] * len(benchmark.pairs)
    rows = [it for it in bench_rows(opened(location, media_root)) if isinstance(it, BenchRow)]
    return [(_said(it.row.values, SIDES[0]), _said(it.row.values, SIDES[1])) for it in rows]


def _said(values: Mapping[str, Any], side: str) -> str | None:
    found = (values.get(name.format(side)) for name in CRITIQUES)
    return next((text for text in found if isinstance(text, str) and text.strip()), None)


def _scores(
    run: RewardRun,
    asked: _Asked,
    components: Mapping[str, Component],
    report: PairsReport,
    advance: Callable[[int], None],
) -> dict[Answer, tuple[Scored, str]]:
    """Each answer's score and what may be claimed of it, a model at a time, a batch at a time."""
    prompts = asked.prompts()
    chosen = {it: model_for(run.models, *components.get(it, (it, {it}))) for it in prompts}
    found: dict[Answer, tuple[Scored, str]] = {}
    store = StoredMedia(asked.home.media)
    for model in run.models:
        mine = [it for it in asked.answers if chosen[it[0]][0] is model]
        if not mine:
            continue
        scorer = scorer_for(run, model)
        for start in range(0, len(mine), scorer.batch_size):
            batch = mine[start : start + scorer.batch_size]
            readable = list(_exchanges(batch, prompts, store, scorer, report))
            scored = scorer.scores([exchange for _, exchange in readable])
            for (answer, _), one in zip(readable, scored, strict=True):
                found[answer] = one, chosen[answer[0]][1]
            advance(len(batch))
        del scorer
    return found


def _exchanges(
    batch: Sequence[Answer],
    prompts: Mapping[str, Prompt],
    store: StoredMedia,
    scorer: Scorer,
    report: PairsReport,
) -> Iterator[tuple[Answer, Exchange]]:
    for answer in batch:
        prompt = prompts[answer[0]]
        try:
            turns = turns_of(prompt.messages, prompt.media, store)
        except MediumFaultError as fault:
            report.left_out[fault.reason] += 1
            continue
        exchange = Exchange(turns, answer[1], answer[2])
        if exchange.pictures and not scorer.encoder.sees:
            report.left_out["media_not_supported"] += 1
            continue
        yield answer, exchange


def _line(
    asked: _Asked, place: int, scores: Mapping[Answer, tuple[Scored, str]], report: PairsReport
) -> dict[str, Any]:
    """One row: ids where all of the benchmark's rows have them, scores, critiques, the claim."""
    pairs = asked.benchmark.pairs
    pair = pairs[place]
    line: dict[str, Any] = {}
    if pair.source_id is not None:
        line["id"] = pair.source_id
    if all(it.pair_id for it in pairs):
        line["pair_id"] = pair.pair_id
    found = [scores.get(it) if it else None for it in asked.sides[place]]
    for side, one in zip(SIDES, found, strict=True):
        reward = one[0].reward if one else None
        fault = fault_of(reward) if reward is not None else None
        report.failed.update([fault] if fault else [])
        line[f"{side}_score"] = None if fault else reward
    for side, one in zip(SIDES, found, strict=True):
        line[f"{side}_critique"] = one[0].critique if one else None
    report.cut += sum(one[0].cut for one in found if one)
    report.scored += all(line[f"{side}_score"] is not None for side in SIDES)
    line["in_sample"] = any(one[1] == "in_sample" for one in found if one)
    report.in_sample += line["in_sample"]
    return line
