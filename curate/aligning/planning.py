"""Which answers of a build a reward model has still to score, and by which of its folds."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.score import Claim, FoldModel, model_for
from curate.aligning.reward_run import RewardRun
from curate.sqlfiles import statement, used
from curate.views import open_views
from curate.workspace import CONFIG_NAME, Workspace
from schemas.errors import AlignError
from schemas.event import Answer

if TYPE_CHECKING:
    import duckdb

COLUMN = "component"


@dataclass(frozen=True, slots=True)
class Planned:
    """A prompt to score. `known` are answers that this model scored before, all as it would today.

    `supersedes` is the event that said so, or that no longer holds.
    """

    prompt_id: str
    component: str
    candidate_ids: tuple[str, ...]
    model: FoldModel
    claim: Claim
    known: Mapping[str, Answer]
    supersedes: str | None

    @property
    def flags(self) -> tuple[str, ...]:
        """What the event claims, and of which component."""
        return self.claim, f"{COLUMN}:{self.component}"

    @property
    def missing(self) -> list[str]:
        """The answers without a score."""
        return [it for it in self.candidate_ids if it not in self.known]


@dataclass(frozen=True, slots=True)
class Plan:
    """The prompts to score, and how many answers were scored before."""

    prompts: Sequence[Planned]
    cached: int


def plan(connection: "duckdb.DuckDBPyConnection", run: RewardRun, limit: int | None) -> Plan:
    """What is to be scored, fold by fold; `limit` is of prompts.

    Raises AlignError where the build does not name components.
    """
    rows = _rows(connection, run)
    prompts: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        prompts[row["component"]].add(row["prompt_id"])
    found = {it: model_for(run.models, it, together) for it, together in prompts.items()}
    planned = [_planned(row, run, *found[row["component"]]) for row in rows]
    wanted = [it for it in planned if it.missing][:limit]
    wanted.sort(key=lambda it: (it.model.fold, it.prompt_id))
    return Plan(wanted, sum(len(it.candidate_ids) - len(it.missing) for it in planned))


Component = tuple[str, Collection[str]]
"""A leakage component's name, and the prompts that are in it."""


def components_of(root: Path) -> Mapping[str, Component]:
    """The component of each prompt that the newest build of a workspace kept; none without one."""
    if not (root / CONFIG_NAME).is_file():
        return {}
    with open_views(Workspace.open(root)) as connection:
        splits = connection.table("splits")
        if COLUMN not in splits.columns:
            return {}
        rows = splits.select("prompt_id", COLUMN).fetchall()
    together: dict[str, set[str]] = defaultdict(set)
    for prompt_id, component in rows:
        together[component].add(prompt_id)
    return {prompt_id: (component, together[component]) for prompt_id, component in rows}


def _rows(connection: "duckdb.DuckDBPyConnection", run: RewardRun) -> list[dict[str, Any]]:
    if COLUMN not in connection.table("splits").columns:
        raise AlignError("the build does not name leakage components", "run: curate build --force")
    text = statement("align/planned_scores")
    values = {"rater": run.rater.id, "version": run.rater.version}
    table = connection.sql(text, params=used(text, values)).to_arrow_table()
    rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="strict")
    return rows


def _planned(row: Mapping[str, Any], run: RewardRun, model: FoldModel, claim: Claim) -> Planned:
    planned = Planned(
        prompt_id=row["prompt_id"],
        component=row["component"],
        candidate_ids=tuple(row["candidate_ids"]),
        model=model,
        claim=claim,
        known={},
        supersedes=row["event_id"],
    )
    same = row["request_hash"] == run.request_hash(model)
    if not same or tuple(row["flags"]) != planned.flags:
        return planned
    known = {it.candidate_id: it for it in map(_answer, row["answers"])}
    return replace(planned, known=known)


def _answer(row: Mapping[str, Any]) -> Answer:
    return Answer.model_validate({name: it for name, it in row.items() if it is not None})


def chunks(planned: Sequence[Planned], answers: int) -> Iterator[Sequence[Planned]]:
    """The prompts in groups of one model's and about so many answers, in order."""
    group: list[Planned] = []
    for one in planned:
        if group and one.model is not group[0].model:
            yield group
            group = []
        group.append(one)
        if sum(len(it.missing) for it in group) >= answers:
            yield group
            group = []
    if group:
        yield group
