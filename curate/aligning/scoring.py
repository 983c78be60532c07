"""`curate align score`: a reward model's scores of a build's answers, as events in the journal.

A group of answers is on the disk before the next one is begun, so a run that is killed is gone on
with by running it again. The events never vote (DESIGN 5.3); cross-fitted ones give delta.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from align.quieting import quiet
from align.reward.exchange import Exchange
from align.reward.lengths import Lengths
from align.reward.scoring import Scored, Scorer
from align.score import METRIC, RUBRIC_ID, FoldModel, fault_of
from annotate import journal
from annotate.running.committer import open_new
from curate.aligning.exchanges import turns_of
from curate.aligning.planning import Plan, Planned, chunks, plan
from curate.aligning.reward_run import RewardRun
from curate.locks import held
from curate.media.rules import MediumFaultError
from curate.media.stored import StoredMedia
from curate.sqlfiles import statement, used
from curate.views import open_views
from curate.workspace import Workspace
from schemas.base import content_id
from schemas.candidate import Medium, Message
from schemas.event import Answer, Event, Failure

if TYPE_CHECKING:
    import duckdb

PREFIX = "reward-"
LOCK = ".score.lock"
ANSWERS_AT_ONCE = 32
"""Answers of a group at least: their texts and pictures are in memory together."""

NO_REWARD = Failure(reason="unparsable", detail="no answer has a reward that counts")
Advance = Callable[[int], None]
Asked = tuple[tuple[Planned, str], Exchange]
"""An answer by its prompt and its id, and what is judged."""


@dataclass(slots=True)
class ScoreReport:
    """What a run of scoring came to; counts are of answers, but for `prompts`.

    `failed` are answers without a score that counts, `left_out` those that the model cannot read,
    by reason; `cut` are critiques that did not come to their end.
    """

    path: Path | None = None
    prompts: int = 0
    scored: int = 0
    cached: int = 0
    cut: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def score(
    workspace: Workspace,
    run: RewardRun,
    limit: int | None,
    now: Callable[[], datetime],
    bar: Callable[[int], Any],
) -> ScoreReport:
    """Score what the newest build kept and this version of the model has not scored yet.

    `bar` makes a context of an advance for so many answers. Raises WorkspaceError before the first
    build and where another run of scoring goes on.
    """
    build = workspace.build_folder()
    workspace.annotations.mkdir(exist_ok=True)
    with (
        held(workspace.annotations / LOCK, "a scoring"),
        open_views(workspace, build) as connection,
        quiet(),
    ):
        planned = plan(connection, run, limit)
        with bar(sum(len(it.missing) for it in planned.prompts)) as advance:
            return Scoring(workspace, run, connection, now).of(planned, advance)


@dataclass(slots=True)
class Scoring:
    """One run of scoring. The journal is made with the first event."""

    workspace: Workspace
    run: RewardRun
    connection: "duckdb.DuckDBPyConnection"
    now: Callable[[], datetime]
    report: ScoreReport = field(default_factory=ScoreReport)
    _file: BinaryIO | None = None
    _store: StoredMedia = field(init=False)

    def __post_init__(self) -> None:
        self._store = StoredMedia(self.workspace.media)

    def of(self, planned: Plan, advance: Advance) -> ScoreReport:
        """Score a plan's prompts, a group at a time."""
        self.report.cached = planned.cached
        scorer: Scorer | None = None
        model: FoldModel | None = None
        try:
            for group in chunks(planned.prompts, max(ANSWERS_AT_ONCE, self._batch_size)):
                if scorer is None or group[0].model is not model:
                    model, scorer = group[0].model, None  # one model in memory at a time
                    scorer = scorer_for(self.run, model)
                self._write(list(self._events(group, scorer)))
                advance(sum(len(it.missing) for it in group))
        finally:
            if self._file is not None:
                self._file.close()
        return self.report

    @property
    def _batch_size(self) -> int:
        return self.run.settings.train.batch_size

    def _events(self, group: Sequence[Planned], scorer: Scorer) -> Iterator[Event]:
        wanted = [*self._readable(group, scorer)]
        found = scorer.scores([exchange for _, exchange in wanted])
        scored: dict[str, dict[str, Scored]] = {}
        for (planned, candidate_id), one in zip((it[0] for it in wanted), found, strict=True):
            scored.setdefault(planned.prompt_id, {})[candidate_id] = one
        for planned in group:
            if planned.prompt_id in scored:
                yield self._event(planned, scored[planned.prompt_id])

    def _event(self, planned: Planned, scored: Mapping[str, Scored]) -> Event:
        answers = [
            planned.known.get(it) or self._answer(it, scored[it])
            for it in planned.candidate_ids
            if it in planned.known or it in scored
        ]
        self.report.prompts += 1
        new = [answer for answer in answers if answer.candidate_id not in planned.known]
        self.report.claims[planned.claim] += sum(bool(answer.scores) for answer in new)
        failed = not any(answer.scores for answer in answers)
        ids = [answer.candidate_id for answer in answers]
        return Event(
            event_id=self._id_of(planned, ids),
            at=self.now(),
            supersedes=planned.supersedes,
            prompt_id=planned.prompt_id,
            rater=self.run.rater,
            rubric_id=RUBRIC_ID,
            request_hash=self.run.request_hash(planned.model),
            answers=tuple(answers),
            flags=planned.flags,
            failure=NO_REWARD if failed else None,
        )

    def _id_of(self, planned: Planned, ids: Sequence[str]) -> str:
        """The same for the same scores of the same answers, so that two runs write one event."""
        rater, request = self.run.rater, self.run.request_hash(planned.model)
        about = [planned.prompt_id, planned.flags, ids, planned.supersedes]
        return content_id([rater.id, rater.version, request, *about])

    def _answer(self, candidate_id: str, one: Scored) -> Answer:
        """The answer with its score; without one where the model gave none that counts."""
        self.report.cut += one.cut
        fault = fault_of(one.reward)
        if fault is not None:
            self.report.failed[fault] += 1
            return Answer(candidate_id=candidate_id)
        self.report.scored += 1
        said = {"overall": one.critique} if self.run.mode == "critique" and one.critique else {}
        return Answer(candidate_id=candidate_id, scores={METRIC: one.reward}, rationales=said)

    def _readable(self, group: Sequence[Planned], scorer: Scorer) -> Iterator[Asked]:
        """The answers of a group that the model can read; the others are counted."""
        lengths, most = Lengths(scorer.encoder), self.run.settings.train.max_length
        for asked, exchange in exchanges(self.connection, group, self._store, self.report.left_out):
            if exchange.pictures and not scorer.encoder.sees:
                self.report.left_out["media_not_supported"] += 1
            elif most is not None and lengths.of_exchange(exchange) > most:
                self.report.left_out["over_length"] += 1
            else:
                yield asked, exchange

    def _write(self, events: Sequence[Event]) -> None:
        """Bring events to the disk itself."""
        if not events:
            return
        if self._file is None:
            at = self.now()
            name = f"{PREFIX}{at:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}.jsonl"
            self.report.path = self.workspace.annotations / name
            self._file = open_new(self.report.path)
        journal.write(self._file, events)
        journal.commit(self._file)


def exchanges(
    connection: "duckdb.DuckDBPyConnection",
    group: Sequence[Planned],
    store: StoredMedia,
    left_out: Counter[str],
) -> Iterator[Asked]:
    """The answers of a group to score, each with its prompt; media that cannot be read count."""
    ids = {"prompt_ids": [it.prompt_id for it in group]}
    texts = {row["candidate_id"]: row["response"] for row in _read(connection, "answer_texts", ids)}
    prompts = {row["prompt_id"]: row for row in _read(connection, "prompt_texts", ids)}
    for planned in group:
        row = prompts[planned.prompt_id]
        try:
            turns = turns_of(
                [Message.model_validate(it) for it in row["messages"]],
                [Medium.model_validate(it) for it in row["media"]],
                store,
            )
        except MediumFaultError as fault:
            left_out[fault.reason] += len(planned.missing)
            continue
        for candidate_id in planned.missing:
            yield (planned, candidate_id), Exchange(turns, texts[candidate_id])


def scorer_for(run: RewardRun, model: FoldModel) -> Scorer:
    """The scorer of one of the run's models."""
    from align.reward.training import scorer_of

    return scorer_of(model.folder, run.settings, run.mode)


def _read(
    connection: "duckdb.DuckDBPyConnection", name: str, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    text = statement(f"align/{name}")
    table = connection.sql(text, params=used(text, values)).to_arrow_table()
    rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="strict")
    return rows
