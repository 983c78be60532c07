"""Reward models never vote: whatever they scored, only `delta` and `delta_source` change."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from annotate import journal
from curate.build import BuildReport, build
from curate.export_tables import write_tables
from curate.quality.measure import measure
from curate.report.tables import report_tables
from curate.routing.routes import Options, route
from curate.status import look
from curate.workspace import BUILD_TABLES, Workspace
from schemas.base import content_id
from schemas.event import Answer, Event, Rater
from tests.support.cli import curate
from tests.support.workspaces import NOW, REWARD

LATER = datetime(2026, 3, 1, tzinfo=UTC)
DELTA = ["delta", "delta_source"]
Both = tuple[Workspace, BuildReport]


def rewards_of(workspace: Workspace) -> list[Event]:
    """One event a prompt over all its answers; they rank and are final, too, which must be nothing.

    Copies of one answer get different rewards.
    """
    answers: dict[str, list[str]] = {}
    rows = workspace.frame("candidates").sort_values("candidate_id").to_dict("records")
    for row in rows:
        answers.setdefault(row["prompt_id"], []).append(row["candidate_id"])
    return [
        Event(
            event_id=content_id(["reward", prompt_id]),
            at=LATER,
            prompt_id=prompt_id,
            rater=Rater(kind="reward_model", id="rm", version="v1"),
            rubric_id=REWARD,
            answers=tuple(
                Answer(
                    candidate_id=name,
                    position=place,
                    scores={"reward": int(name[:4], 16) / 1000},
                    rationales={"overall": f"Critique {place}."},
                )
                for place, name in enumerate(names)
            ),
            tiers=tuple((name,) for name in names),
            verdict="ranked",
            final=True,
            flags=("cross_fitted",),
        )
        for prompt_id, names in sorted(answers.items())
    ]


@pytest.fixture(scope="module")
def before(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The demo's workspace, built again where it may be changed."""
    root = tmp_path_factory.mktemp("rewards") / "before"
    shutil.copytree(demo_workspace, root, symlinks=True)
    workspace = Workspace.open(root)
    return workspace, build(workspace, now=NOW, force=True)


@pytest.fixture(scope="module")
def after(before: Both) -> Both:
    """The same with a reward model's scores of every answer."""
    root = before[0].root.with_name("after")
    shutil.copytree(before[0].root, root, symlinks=True)
    workspace = Workspace.open(root)
    with (workspace.annotations / "score-1.jsonl").open("wb") as file:
        journal.write(file, rewards_of(workspace))
    return workspace, build(workspace, now=NOW)


def test_every_pair_has_the_delta_of_the_reward_model(after: Both) -> None:
    pairs = pq.read_table(after[1].folder / "pairs.parquet")
    told = {
        (event.prompt_id, answer.candidate_id): answer.scores["reward"]
        for event in rewards_of(after[0])
        for answer in event.answers
    }
    for row in pairs.to_pylist():
        sides = [told[row["prompt_id"], row[f"{side}_id"]] for side in ("chosen", "rejected")]
        assert float(row["delta"]) == pytest.approx(sides[0] - sides[1], abs=1e-6)
        assert row["delta_source"] == "reward_model"
    assert after[1].manifest.rewards.pairs == pairs.num_rows >= 60


def test_the_build_says_whose_rewards_they_are(after: Both) -> None:
    said = curate("build", "-C", after[0].root).out
    pairs = after[1].manifest.counts["pairs"]
    assert f"{pairs} pairs have a delta by the reward model 'rm' (v1)." in said


@pytest.mark.parametrize("table", BUILD_TABLES)
def test_no_other_column_of_any_table_changes(before: Both, after: Both, table: str) -> None:
    old, new = (pq.read_table(it[1].folder / f"{table}.parquet") for it in (before, after))
    if table == "pairs":
        assert old["delta"].null_count == old.num_rows
        old, new = old.drop(DELTA), new.drop(DELTA)
    assert new.equals(old)


def test_no_other_figure_of_the_manifest_changes(before: Both, after: Both) -> None:
    own = {"build_id", "inputs", "rewards"}
    old, new = (it[1].manifest.model_dump(exclude=own) for it in (before, after))
    assert new == old
    assert before[1].manifest.rewards.events == 0
    assert after[1].manifest.rewards.events == len(rewards_of(after[0]))


def test_no_figure_of_raters_changes(before: Both, after: Both) -> None:
    assert measure(after[0]) == measure(before[0])


def test_answers_and_raw_votes_that_are_exported_do_not_change(
    before: Both, after: Both, tmp_path: Path
) -> None:
    found = []
    for number, (workspace, _report) in enumerate((before, after)):
        folder = tmp_path / str(number)
        folder.mkdir()
        made = write_tables(workspace, ("answers", "references", "votes"), folder, judged=True)
        tables = {name: pq.read_table(path) for name, path in made.files.items()}
        found.append((tables, dict(made.left_out)))
    assert found[0] == found[1]


def test_the_votes_that_the_report_shows_do_not_change(before: Both, after: Both) -> None:
    assert shown(after) == shown(before) != []


def shown(of: Both) -> list[tuple[Any, ...]]:
    with report_tables(of[0], of[1].folder) as engine:
        return engine.rows("report/shown_votes")


def test_nothing_is_routed_elsewhere(before: Both, after: Both) -> None:
    options = Options(dry_run=True, refresh=True, next=20)
    assert route(after[0], options) == route(before[0], options)


def test_status_counts_rewards_apart_from_votes(before: Both, after: Both) -> None:
    old, new = look(before[0]), look(after[0])
    prompts = len(rewards_of(after[0]))
    assert new.rewards == [
        {"kind": "reward_model", "rater": "rm", "events": prompts, "prompts": prompts}
    ]
    assert (new.votes, new.failures, new.usd, old.rewards) == (old.votes, old.failures, old.usd, [])


def test_without_reward_deltas_they_give_pairs_nothing(
    before: Both, after: Both, tmp_path: Path
) -> None:
    root = tmp_path / "off"
    shutil.copytree(after[0].root, root, symlinks=True)
    off = ["score.reward_deltas=false", "score.reward_model=rm"]
    report = build(Workspace.open(root, off), now=NOW)
    old, new = (pq.read_table(it.folder / "pairs.parquet") for it in (before[1], report))
    assert new.equals(old)
    assert report.manifest.rewards == before[1].manifest.rewards
    assert report.manifest.warnings == before[1].manifest.warnings
